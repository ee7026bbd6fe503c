import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

import { createHttpApp, type HttpDependencies } from '@kastoma/adapters-http';

import { listen, type HttpServer, type Patience } from './http-server.ts';

const PATIENCE: Patience = {
  headers: 200,
  wholeRequest: 400,
  upload: 1_500,
  silence: 2_000,
  checkedEvery: 50,
};

let server: HttpServer | undefined;

afterEach(async () => {
  await server?.close();
});

/** The door of a shop with nothing behind it but a sign-in that never comes to it. */
async function openDoor(patience: Partial<Patience> = {}) {
  const failures: unknown[] = [];
  const app = createHttpApp({
    catalog: {},
    settings: { currency: 'USD' },
    identity: { logIn: { execute: () => expect.fail('nobody has said who they are') } },
    cart: {},
    orders: {},
    notifications: {},
    payments: {},
    promotions: {},
    healthChecks: [],
    seedPicturesFolder: '/nowhere',
    isUnavailable: () => false,
    reportFailure: ({ error }: { error: unknown }) => failures.push(error),
  } as unknown as HttpDependencies);
  server = await listen('127.0.0.1', 0, { ...PATIENCE, ...patience });
  server.serve((request, bindings) => app.fetch(request, bindings));
  return { url: server.url, failures };
}

/** Says the first words, then a byte each few milliseconds; settles with what it was told when it was cut off. */
async function trickle(url: string, head: string, byte: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => {
    socket.destroy();
  });
  const startedAt = performance.now();
  let told = '';
  socket.on('data', (bytes: Buffer) => (told += bytes.toString()));
  // Whoever goes on talking after the door was shut is reset.
  socket.on('error', () => undefined);
  socket.write(head);
  const drops = setInterval(() => socket.write(byte), 20);
  await closed(socket);
  clearInterval(drops);
  return { told, milliseconds: performance.now() - startedAt };
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket, 'close');
}

describe('a client that takes its time', () => {
  it('with its headers is sent away, in the envelope', async () => {
    const { url, failures } = await openDoor();
    const head = 'GET /api/v1/products HTTP/1.1\r\nHost: shop\r\nX-Slow: ';
    const { told, milliseconds } = await trickle(url, head, 'a');
    expect(told).toMatch(/^HTTP\/1\.1 408 /);
    expect(told).toContain('"code":"request.timed_out"');
    expect(milliseconds).toBeLessThan(2_000);
    expect(failures).toEqual([]);
  });

  it('with its body is sent away, and that is no failure of the shop', async () => {
    const { url, failures } = await openDoor();
    const head =
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"email":"';
    const { told, milliseconds } = await trickle(url, head, 'a');
    expect(told).toMatch(/^HTTP\/1\.1 408 /);
    expect(milliseconds).toBeLessThan(2_500);
    expect(failures).toEqual([]);
  });

  it('and hangs up in the middle of its body is no failure of the shop either', async () => {
    const { url, failures } = await openDoor();
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"email":"',
    );
    await pause(100);
    socket.destroy();
    await pause(100);
    expect(failures).toEqual([]);
  });

  it('with a file is waited for longer, but not for ever, and not after it was answered', async () => {
    const file =
      'POST /api/v1/products/import HTTP/1.1\r\nHost: shop\r\nContent-Type: text/csv\r\nContent-Length: 100000\r\n\r\n';
    const answered = await openDoor();
    const refused = await trickle(answered.url, file, 'a');
    expect(refused.told).toMatch(/^HTTP\/1\.1 401 /);
    expect(refused.milliseconds).toBeLessThan(1_400);
    const silent = await listen('127.0.0.1', 0, PATIENCE);
    onTestFinished(() => silent.close());
    silent.serve(async (request) => new Response(await request.text()));
    const { told, milliseconds } = await trickle(silent.url, file, 'a');
    expect(told).toMatch(/^HTTP\/1\.1 408 /);
    expect(milliseconds).toBeGreaterThan(1_000);
  });

  it('and asks for nothing at all is forgotten', async () => {
    const { url } = await openDoor({ silence: 200 });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const startedAt = performance.now();
    socket.resume();
    await closed(socket);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('keeps nobody else waiting', async () => {
    const { url } = await openDoor();
    const slow = Array.from({ length: 50 }, () =>
      trickle(url, 'GET / HTTP/1.1\r\nHost: shop\r\nX-Slow: ', 'a'),
    );
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    for (const { told } of await Promise.all(slow)) expect(told).toMatch(/^HTTP\/1\.1 408 /);
  });
});
