import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { ShopClient } from './shop-client.ts';

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A shop that gives the answers in turn, the last one for ever. */
async function shopThat(...answers: readonly RequestListener[]) {
  let calls = 0;
  const listening = createServer((request, response) => {
    answers[Math.min(calls, answers.length - 1)]?.(request, response);
    calls += 1;
  });
  server = listening;
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  const { port } = listening.address() as AddressInfo;
  return { client: new ShopClient(`http://127.0.0.1:${port}/`), calls: () => calls };
}

function answering(
  status: number,
  { data = null, code, headers = {} }: { data?: unknown; code?: string; headers?: object },
): RequestListener {
  return (_request, response) => {
    const errors = code === undefined ? null : [{ code, message: 'No.' }];
    const body = { success: code === undefined, data, message: '', errors, pagination: null };
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

const CALL = { method: 'GET', path: 'cart' } as const;

describe('asking the shop', () => {
  it('gives what the envelope holds', async () => {
    const { client } = await shopThat(answering(200, { data: { version: 3 } }));
    expect(await client.call(CALL)).toEqual({
      ok: true,
      data: { version: 3 },
      replayed: false,
      hasNextPage: false,
    });
  });

  it('gives a refusal with its code, and asks once only', async () => {
    const { client, calls } = await shopThat(answering(422, { code: 'ordering.cart_empty' }));
    expect(await client.call(CALL)).toEqual({
      ok: false,
      status: 422,
      code: 'ordering.cart_empty',
      message: 'No.',
    });
    expect(calls()).toBe(1);
  });

  it('asks again after a lost connection, and after 429, 503 and a key in flight', async () => {
    const { client, calls } = await shopThat(
      (request) => request.socket.destroy(),
      answering(429, { code: 'core.too_many', headers: { 'Retry-After': '0' } }),
      answering(503, { code: 'service.unavailable', headers: { 'Retry-After': '0' } }),
      answering(409, { code: 'core.idempotency_key_in_flight' }),
      answering(201, { data: 'done', headers: { 'Idempotency-Replayed': 'true' } }),
    );
    expect(await client.call(CALL)).toMatchObject({ ok: true, data: 'done', replayed: true });
    expect(calls()).toBe(5);
  });

  it('gives up on a shop that stays closed', async () => {
    const { client, calls } = await shopThat(
      answering(503, { code: 'service.unavailable', headers: { 'Retry-After': '0' } }),
    );
    expect(await client.call(CALL)).toMatchObject({ ok: false, code: 'service.unavailable' });
    expect(calls()).toBe(8);
  });

  it('takes an answer that is no JSON for a refusal', async () => {
    const { client } = await shopThat((_request, response) => {
      response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>');
    });
    expect(await client.call(CALL)).toMatchObject({ ok: false, status: 502, code: 'http.502' });
  });
});
