import { createServer, type AddressInfo, type Socket } from 'node:net';

import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import type { SignedIn } from './client.ts';
import { newDataFolder, startApi, startWorker } from './data-folders.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { verifies, WebhookReceiver } from './webhook-receiver.ts';

const READY = 'Kastoma relays events.';
const ADMIN = { email: 'admin@shop.example', password: 'a key for every door' };
const ORDERS = 6;

it(
  'a worker that is killed in the middle of a call leaves it to the others, and no event is lost',
  { timeout: 90_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const receiver = new WebhookReceiver();
    onTestFinished(() => receiver.close());
    const dataFolder = await newDataFolder();
    const variables = {
      DATABASE_URL: url,
      KASTOMA_ENV: 'test',
      KASTOMA_WORKER: 'separate',
      KASTOMA_RATE_LIMITS: 'off',
      KASTOMA_ADMIN_EMAIL: ADMIN.email,
      KASTOMA_ADMIN_PASSWORD: ADMIN.password,
    };
    const guest = await startApi(dataFolder, variables).guest();
    const { data: signedIn } = await guest.post<SignedIn>('/auth/login/', ADMIN).expect(200);
    const admin = guest.as(signedIn);
    const body = { url: await receiver.open(), event_types: ['order.placed'] };
    const { data: webhook } = await admin
      .post<{ id: string; secret: string }>('/webhooks/', body)
      .expect(201);
    const mug = await stockMug(admin, { stock: 100 });
    const numbers: string[] = [];
    for (let count = 0; count < ORDERS; count += 1) {
      await admin.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
      const { data } = await admin
        .post<{ number: string }>('/orders/', CHECKOUT, newKey())
        .expect(201);
      numbers.push(data.number);
    }

    // Whoever calls first is never answered, and dies while it waits.
    receiver.answers.push(...Array.from({ length: ORDERS }, () => null));
    const doomed = startWorker(dataFolder, variables);
    await doomed.says(READY);
    await receiver.await(1);
    doomed.signal('SIGKILL');
    await doomed.ended();
    const begun = receiver.received.length;
    receiver.answers.length = 0;
    // As if the leases had ended.
    await database`
      update notifications.webhook_deliveries set claimed_until = now() where claimed_until is not null
    `;
    await database`update core.deliveries set due_at = now() where handled_at is null`;

    const workers = [startWorker(dataFolder, variables), startWorker(dataFolder, variables)];
    await Promise.all(workers.map((worker) => worker.says(READY)));
    const statuses = async () => {
      const rows = await database<{ status: string }[]>`
        select status from notifications.webhook_deliveries where endpoint_id = ${webhook.id}
      `;
      return rows.map(({ status }) => status);
    };
    await expect
      .poll(statuses, { timeout: 40_000 })
      .toEqual(Array.from({ length: ORDERS }, () => 'delivered'));
    const told = receiver.received.map(({ event }) => event.data['number']);
    expect(new Set(told)).toEqual(new Set(numbers));
    // Each once, but for those that were under way.
    expect(told.length).toBe(ORDERS + begun);
    for (const message of receiver.received) expect(verifies(webhook.secret, message)).toBe(true);
    for (const worker of workers) worker.signal('SIGTERM');
    const ended = await Promise.all(workers.map((worker) => worker.ended()));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  },
);

it(
  'a worker that is told to stop waits for nobody who does not answer',
  { timeout: 60_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const receiver = new WebhookReceiver();
    onTestFinished(() => receiver.close());
    const dataFolder = await newDataFolder();
    const variables = {
      DATABASE_URL: url,
      KASTOMA_ENV: 'test',
      KASTOMA_WORKER: 'separate',
      KASTOMA_ADMIN_EMAIL: ADMIN.email,
      KASTOMA_ADMIN_PASSWORD: ADMIN.password,
    };
    const guest = await startApi(dataFolder, variables).guest();
    const { data: signedIn } = await guest.post<SignedIn>('/auth/login/', ADMIN).expect(200);
    const admin = guest.as(signedIn);
    const body = { url: await receiver.open() };
    const { data: webhook } = await admin.post<{ id: string }>('/webhooks/', body).expect(201);
    receiver.answers.push(null);
    await admin.post(`/webhooks/${webhook.id}/ping/`, undefined).expect(202);
    const worker = startWorker(dataFolder, variables);
    await worker.says(READY);
    await receiver.await(1);
    const begun = Date.now();
    worker.signal('SIGTERM');
    expect((await worker.ended()).code).toBe(0);
    expect(Date.now() - begun).toBeLessThan(8_000);
    const [row] = await database`select status, attempts from notifications.webhook_deliveries`;
    expect(row).toEqual({ status: 'pending', attempts: 1 });
  },
);

it(
  'a worker calls an endpoint again that would rather speak another protocol, and ends when it is told to',
  { timeout: 60_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const { port, close } = await listenToSwitch();
    onTestFinished(close);
    const dataFolder = await newDataFolder();
    const variables = {
      DATABASE_URL: url,
      KASTOMA_ENV: 'test',
      KASTOMA_WORKER: 'separate',
      KASTOMA_ADMIN_EMAIL: ADMIN.email,
      KASTOMA_ADMIN_PASSWORD: ADMIN.password,
    };
    const guest = await startApi(dataFolder, variables).guest();
    const { data: signedIn } = await guest.post<SignedIn>('/auth/login/', ADMIN).expect(200);
    const admin = guest.as(signedIn);
    const body = { url: `http://127.0.0.1:${port}/hooks` };
    const { data: webhook } = await admin.post<{ id: string }>('/webhooks/', body).expect(201);
    await admin.post(`/webhooks/${webhook.id}/ping/`, undefined).expect(202);
    const worker = startWorker(dataFolder, variables);
    await worker.says(READY);
    const read = async () => {
      const [row] = await database<{ status: string; attempts: number; answered_status: number }[]>`
        select status, attempts, answered_status from notifications.webhook_deliveries
      `;
      return row;
    };
    await expect
      .poll(read, { timeout: 20_000 })
      .toEqual({ status: 'pending', attempts: 2, answered_status: 101 });
    const begun = Date.now();
    worker.signal('SIGTERM');
    expect((await worker.ended()).code).toBe(0);
    expect(Date.now() - begun).toBeLessThan(8_000);
  },
);

/** Switches protocols whoever comes, and never hangs up. */
async function listenToSwitch() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<unknown>((resolve) => {
      server.close(resolve);
    });
  };
  return { port: (server.address() as AddressInfo).port, close };
}
