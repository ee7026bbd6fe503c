import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { faultsOf } from './envelope.ts';
import { sendBytes, sendRaw, statusesIn } from './raw-request.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

let shop: TestShop;
let token: string;

beforeAll(async () => {
  shop = await openTestShop();
  token = `Bearer ${(await shop.signUp('mallory')).account.access}`;
});

afterAll(async () => {
  expect(shop.log.filter(({ level }) => level === 'error')).toEqual([]);
  await shop.close();
});

function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return sendRaw(shop.url, { method, path, headers, body: null });
}

describe('a parameter that is given twice', () => {
  it.each([
    ['in so many words', 'page=1&page=2', 'request.repeated_parameter'],
    ['once in disguise', 'page=1&%70age=2', 'request.repeated_parameter'],
    ['the same both times', 'page=1&page=1', 'request.repeated_parameter'],
    [
      'a hundred times',
      Array.from({ length: 100 }, () => 'page=1').join('&'),
      'request.repeated_parameter',
    ],
    ['as a list', 'page=1&page[]=2', 'request.unknown_field'],
    ['as a list with a place', 'page=1&page[1]=2', 'request.unknown_field'],
    ['as a field of another', 'page=1&page.x=2', 'request.unknown_field'],
    ['after a semicolon', 'page=1;page=2', 'request.invalid_field'],
  ])('is refused: %s', async (_name, query, code) => {
    const answer = await ask(`/api/v1/products?${query}`);
    expect([answer.status, faultsOf(answer)[0]?.[0]]).toEqual([422, code]);
  });
});

describe('an address with more in it than it shows', () => {
  it.each([
    '/api/v1/users%2fme',
    '/api/v1%2fusers%2fme',
    '/api/v1/products%2f..%2fusers%2fme',
    '/api/v1/products/..%2fusers%2fme',
    '/api/v1/products/..;/users/me',
    '/api/v1/users/me;/',
    '/api/v1/users/me%20',
    '/api/v1/users/me%00',
    '/api/v1/users/me%23',
    '/api/v1/users//me',
    '/api/v1/Users/me',
    '/api/v1/users/me.json',
  ])('is not the account of the caller: %s', async (path) => {
    const answer = await ask(path, { Authorization: token });
    expect([403, 404]).toContain(answer.status);
    expect(answer.text).not.toContain('mallory');
  });

  it('leads nowhere with dots, whoever asks: what they would climb to is not what was written', async () => {
    for (const path of [
      '/api/v1/products/%2e%2e/users/me',
      '/api/v1/products/../users/me',
      '/api/v1/products/.%2E/users/me/',
      '/api/v1/./users/me',
      '/api/v1/users/me/..',
    ])
      expect((await ask(path, { Authorization: token })).status).toBe(404);
    expect((await ask('/api/v1/users/me?next=/../..', { Authorization: token })).status).not.toBe(
      404,
    );
  });
});

describe('a header that tries to be more', () => {
  it.each([
    'a\r\nSet-Cookie: session=stolen',
    'a\nSet-Cookie: session=stolen',
    'a\rSet-Cookie: session=stolen',
    'a\u0000b',
  ])('is no request at all, or harmless: X-Request-Id: %j', async (id) => {
    const request = `GET /health/live HTTP/1.1\r\nHost: shop\r\nX-Request-Id: ${id}\r\nConnection: close\r\n\r\n`;
    const answer = await sendBytes(shop.url, [request]);
    expect([[200], [400]]).toContainEqual(statusesIn(answer));
    expect(answer).not.toMatch(/set-cookie/i);
  });

  it('does not come back as a header of the answer', async () => {
    const injected = 'a%0d%0aSet-Cookie:%20session=stolen';
    const { headers } = await ask('/health/live', { 'X-Request-Id': injected, Origin: injected });
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not stand for another method, another address, or another host', async () => {
    const tricks = {
      'X-HTTP-Method-Override': 'DELETE',
      'X-Original-URL': '/api/v1/users/me',
      'X-Rewrite-URL': '/api/v1/users/me',
      'X-Forwarded-Host': 'evil.example',
      Forwarded: 'for=127.0.0.1;host=evil.example;proto=https',
    };
    const answer = await ask('/api/v1/products/?page_size=1', tricks);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('evil.example');
    expect(JSON.stringify(answer.headers)).not.toContain('evil.example');
  });

  it('is refused when it says two things', async () => {
    const twice = (name: string, one: string, other: string) =>
      `GET /api/v1/users/me HTTP/1.1\r\n${name === 'Host' ? '' : 'Host: shop\r\n'}${name}: ${one}\r\n${name}: ${other}\r\nConnection: close\r\n\r\n`;
    const hosts = await sendBytes(shop.url, [twice('Host', 'shop', 'evil.example')]);
    expect(statusesIn(hosts)[0]).toBeGreaterThanOrEqual(400);
    const tokens = await sendBytes(shop.url, [twice('Authorization', 'Bearer x', token)]);
    expect(statusesIn(tokens)).toEqual([401]);
  });
});

describe('a body that costs more than it weighs', () => {
  const post = (body: string) =>
    sendRaw(shop.url, {
      method: 'POST',
      path: '/api/v1/auth/login/',
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(body),
    });

  it.each([
    ['a quarter of a million wrong items', `[${'1,'.repeat(250_000)}1]`],
    ['a quarter of a million empty lists', `{"email":[${'[],'.repeat(250_000)}[]]}`],
    [
      'a hundred thousand fields',
      `{${Array.from({ length: 90_000 }, (_, n) => `"f${n}":1`).join(',')}}`,
    ],
  ])('is refused before its values are looked at: %s', async (_name, body) => {
    const answer = await post(body);
    expect([answer.status, faultsOf(answer)]).toEqual([422, [['request.too_many_values', null]]]);
  });

  it('is refused at the depth where it is too deep, and its end is never read', async () => {
    const answer = await post('['.repeat(1_000_000));
    expect([answer.status, faultsOf(answer)]).toEqual([422, [['request.too_deep', null]]]);
  });
});
