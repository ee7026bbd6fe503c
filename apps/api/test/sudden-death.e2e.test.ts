import { expect, it } from 'vitest';

import { newDataFolder, startApi } from './data-folders.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { databaseOf, leftOvers } from './processes.ts';
import type { Order } from './wire.ts';

const PATIENCE = 60_000;
const QUIET = { KASTOMA_ENV: 'test' };

it(
  'after kill -9 nothing runs on, and the next start has every order that was answered',
  { timeout: PATIENCE },
  async () => {
    const dataFolder = await newDataFolder();
    const first = startApi(dataFolder, QUIET);
    const staff = await first.signIn('Staff');
    const mug = await stockMug(staff);
    const customer = await first.signIn('Customer');
    await customer.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
    const { data: order } = await customer.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
    first.signal('SIGKILL');
    await first.ended();
    expect(await leftOvers(dataFolder)).toEqual([]);

    const second = startApi(dataFolder, QUIET);
    await second.opened();
    expect(second.printedAccount('Staff')).toEqual(first.printedAccount('Staff'));
    const again = await second.signIn('Customer');
    const { data: found } = await again.get<Order>(`/orders/${order.id}/`).expect(200);
    expect(found).toEqual(order);
  },
);

it(
  'a first start that was cut short is finished by the next one',
  { timeout: PATIENCE },
  async () => {
    const dataFolder = await newDataFolder();
    for (const milliseconds of [300, 900, 1_500]) {
      const cutShort = startApi(dataFolder, QUIET);
      await new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
      });
      cutShort.signal('SIGKILL');
      await cutShort.ended();
    }
    const api = startApi(dataFolder, QUIET);
    const staff = await api.signIn('Staff');
    expect(staff.account.user.role).toBe('admin');
  },
);

it(
  'when its database is killed the shop says so and ends, so that somebody starts it anew',
  { timeout: PATIENCE },
  async () => {
    const dataFolder = await newDataFolder();
    const api = startApi(dataFolder, QUIET);
    await api.opened();
    process.kill(databaseOf(dataFolder), 'SIGKILL');
    const { code, errors } = await api.ended();
    expect(code).toBe(1);
    expect(errors).toMatch(/^The embedded PostgreSQL has ended\./m);
    expect(await leftOvers(dataFolder)).toEqual([]);
    await startApi(dataFolder, QUIET).signIn('Staff');
  },
);
