import { setTimeout as pause } from 'node:timers/promises';

import { expect, inject, it } from 'vitest';

import { openDatabase } from '@kastoma/adapters-postgres';
import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { newDataFolder, startApi } from './data-folders.ts';
import { DatabaseLink } from './database-link.ts';
import { expectEnvelope, faultsOf } from './envelope.ts';
import { ADDRESS, newKey, stockMug } from './goods.ts';
import { sendRaw } from './raw-request.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart } from './wire.ts';

it('while nobody answers at the database’s address the shop says so, and goes on when somebody does', async () => {
  const lines: DatabaseLink[] = [];
  const shop = await openTestShop({}, async (databaseUrl) => {
    const line = new DatabaseLink(databaseUrl);
    lines.push(line);
    await line.mend();
    return line.url;
  });
  await expectOutage(
    shop,
    () => lines[0]?.cut(),
    () => lines[0]?.mend(),
  );
  await shop.close();
  await lines[0]?.cut();
});

it('while the database takes no connections the shop says so, and goes on when it does', async () => {
  const shop = await openTestShop();
  const server = openDatabase({
    url: inject('postgresUrl'),
    poolSize: 1,
    applicationName: 'outage',
  });
  const [row] = await shop.database<{ name: string }[]>`select current_database() as name`;
  const name = row?.name ?? '';
  const shutOut = async () => {
    await server`alter database ${server(name)} with allow_connections false`;
    await server`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  };
  await expectOutage(
    shop,
    shutOut,
    () => server`alter database ${server(name)} with allow_connections true`,
  );
  await server.end({ timeout: 5 });
  await shop.close();
});

it(
  'a shop whose database has gone is stopped within ten seconds',
  { timeout: 60_000 },
  async () => {
    const { url, drop } = await createTestDatabase(inject('postgresUrl'));
    const line = new DatabaseLink(url);
    await line.mend();
    const api = startApi(await newDataFolder(), { KASTOMA_ENV: 'test', DATABASE_URL: line.url });
    const shopUrl = await api.opened();
    await line.cut();
    expect((await fetch(`${shopUrl}/health/ready`)).status).toBe(503);
    const askedAt = performance.now();
    api.signal('SIGTERM');
    expect((await api.ended()).code).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    await drop();
  },
);

async function expectOutage(
  shop: TestShop,
  begin: () => PromiseLike<unknown> | undefined,
  end: () => PromiseLike<unknown> | undefined,
): Promise<void> {
  const mug = await stockMug(await shop.hire('staff'));
  const customer = await shop.signUp('patient');
  await customer.post('/cart/add_item/', { product_id: mug.id, quantity: 2 }).expect(200);
  const order = { shipping_address: ADDRESS, payment_method: 'manual' };
  const key = newKey();
  expect((await ask(shop, '/health/ready')).status).toBe(200);

  await begin();
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const askedAt = performance.now();
    const refused = await ask(shop, '/api/v1/products');
    expect(performance.now() - askedAt).toBeLessThan(2_000);
    expectEnvelope(refused, 'GET');
    expect([refused.status, faultsOf(refused)]).toEqual([503, [['service.unavailable', null]]]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  }
  await customer.post('/orders/', order, key).refused(503, 'service.unavailable');
  const ready = await ask(shop, '/health/ready');
  expect([ready.status, Number(ready.headers['retry-after']) > 0]).toEqual([503, true]);
  expect(JSON.parse((await ask(shop, '/health/detailed')).text)).toMatchObject({
    data: {
      status: 'down',
      checks: [
        { name: 'database', status: 'down' },
        { name: 'outbox', status: 'down' },
        { name: 'payments', status: 'down' },
        { name: 'webhooks', status: 'down' },
      ],
    },
  });
  expect((await ask(shop, '/health/live')).status).toBe(200);

  await end();
  await untilReady(shop);
  const { data: cart } = await customer.get<Cart>('/cart/').expect(200);
  expect(cart.item_count).toBe(2);
  const { headers } = await customer.post('/orders/', order, key).expect(201);
  expect(headers.get('idempotency-replayed')).toBeNull();
  expect((await ask(shop, '/api/v1/products')).status).toBe(200);
}

function ask({ url }: TestShop, path: string) {
  return sendRaw(url, { method: 'GET', path, headers: {}, body: null });
}

async function untilReady(shop: TestShop): Promise<void> {
  const deadline = Date.now() + 5_000;
  while ((await ask(shop, '/health/ready')).status !== 200) {
    if (Date.now() > deadline) throw new Error('The shop does not find its database again.');
    await pause(50);
  }
}
