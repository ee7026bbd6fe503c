import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sendBytes, statusesIn } from './raw-request.ts';
import { readFingerprint } from './stored-data.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

let shop: TestShop;
let token: string;
let before: Readonly<Record<string, string>>;

beforeAll(async () => {
  shop = await openTestShop({ KASTOMA_WORKER: 'separate' });
  token = `Bearer ${(await shop.signUp('mallory')).account.access}`;
  before = await readFingerprint(shop.database);
});

afterAll(async () => {
  expect(await readFingerprint(shop.database)).toEqual(before);
  await shop.close();
});

describe('a body of two megabytes', () => {
  const body = Buffer.from(`{"notes":"${'x'.repeat(2 * 1024 * 1024)}"}`);

  function head(...headers: readonly string[]): string {
    return [
      'POST /api/v1/cart/add_item/ HTTP/1.1',
      'Host: localhost',
      `Authorization: ${token}`,
      'Content-Type: application/json',
      ...headers,
      '\r\n',
    ].join('\r\n');
  }

  function chunk(bytes: Buffer): Buffer {
    return Buffer.concat([
      Buffer.from(`${bytes.length.toString(16)}\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]);
  }

  it('is refused by its length', async () => {
    const answer = await sendBytes(shop.url, [head(`Content-Length: ${body.length}`), body], {
      answers: 1,
    });
    expect(statusesIn(answer)).toEqual([413]);
    expect(answer).toContain('"code":"request.too_large"');
  });

  it('is refused by its length before it is sent', async () => {
    const answer = await sendBytes(shop.url, [head(`Content-Length: ${body.length}`)], {
      answers: 1,
    });
    expect(statusesIn(answer)).toEqual([413]);
  });

  it('is refused when it arrives without a length, all at once or in pieces', async () => {
    const chunked = head('Transfer-Encoding: chunked');
    expect(
      statusesIn(await sendBytes(shop.url, [chunked, chunk(body), '0\r\n\r\n'], { answers: 1 })),
    ).toEqual([413]);
    const pieces = Array.from({ length: 32 }, (_, index) =>
      body.subarray(index * 65_536, (index + 1) * 65_536),
    );
    const slowly = [chunked, ...pieces.map(chunk), '0\r\n\r\n'];
    expect(
      statusesIn(await sendBytes(shop.url, slowly, { pauseMilliseconds: 5, answers: 1 })),
    ).toEqual([413]);
  });

  it('leaves the shop as quick as it was', async () => {
    const senders = Array.from({ length: 20 }, () =>
      sendBytes(shop.url, [head('Transfer-Encoding: chunked'), chunk(body)], { answers: 1 }),
    );
    const answers = await Promise.all(senders);
    expect(answers.map((answer) => statusesIn(answer))).toEqual(senders.map(() => [413]));
    await shop.guest.get('/products/').expect(200);
  });
});
