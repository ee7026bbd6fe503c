import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { newDataFolder, startApi } from './data-folders.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { databaseOf, leftOvers } from './processes.ts';
import { statusesIn } from './raw-request.ts';
import type { Listing, Order } from './wire.ts';

const PATIENCE = 60_000;

it(
  'the first start opens a shop with goods, and the second finds all as it was',
  { timeout: PATIENCE },
  async () => {
    const dataFolder = await newDataFolder();
    const first = startApi(dataFolder);
    const url = await first.opened();
    const docs = /^ +Docs +(\S+)$/m.exec(first.output)?.[1] ?? '';
    expect(docs).toBe(`${url}/api/docs/`);
    expect((await fetch(docs)).status).toBe(200);
    const staff = await first.signIn('Staff');
    expect(staff.account.user.role).toBe('admin');
    const customer = await first.signIn('Customer');
    expect(customer.account.user.role).toBe('customer');
    const goods = await customer.get<Listing[]>('/products/?page_size=100').expect(200);
    expect(goods.data.length).toBeGreaterThan(0);
    const mug = await stockMug(staff);
    await customer.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
    const { data: order } = await customer.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
    first.signal('SIGTERM');
    expect((await first.ended()).code).toBe(0);

    const second = startApi(dataFolder);
    await second.opened();
    expect(second.printedAccount('Staff')).toEqual(first.printedAccount('Staff'));
    const { data: me } = await (await second.signIn('Staff')).get('/users/me/').expect(200);
    expect(me).toMatchObject(staff.account.user);
    const again = await second.signIn('Customer');
    const { data: found } = await again.get<Order>(`/orders/${order.id}/`).expect(200);
    expect(found).toEqual(order);
    const { pagination } = await again.get('/products/').expect(200);
    expect(pagination?.count).toBe((goods.pagination?.count ?? 0) + 1);

    const guest = await second.guest();
    await guest.as(customer.account).get('/users/me/').expect(200);
    const { refresh } = customer.account;
    await guest.post('/auth/refresh/', { refresh }).expect(200);
  },
);

it(
  'on SIGTERM requests under way are answered, and nothing is left behind',
  { timeout: PATIENCE },
  async () => {
    const dataFolder = await newDataFolder();
    const api = startApi(dataFolder, { KASTOMA_ENV: 'test' });
    const url = await api.opened();
    const database = databaseOf(dataFolder);
    const attempts = await Promise.all(
      Array.from({ length: 40 }, (_, index) => prepareSlowRequest(url, index)),
    );
    for (const attempt of attempts) attempt.send();
    await Promise.race(attempts.map(({ answered }) => answered));
    const before = attempts.filter((attempt) => attempt.isAnswered()).length;
    api.signal('SIGTERM');

    const answers = await Promise.all(attempts.map(({ answered }) => answered));
    expect(before).toBeLessThan(attempts.length);
    expect(answers).toEqual(attempts.map(() => 401));
    const answeredAt = Date.now();
    const { code, errors } = await api.ended();
    expect([code, errors]).toEqual([0, '']);
    // The connections were left open by the clients: the shop does not wait for them.
    expect(Date.now() - answeredAt).toBeLessThan(3_000);
    expect(await leftOvers(dataFolder, 0)).toEqual([]);
    expect(() => process.kill(database, 0)).toThrow('ESRCH');
  },
);

it('on Ctrl-C, pressed again and again, all ends in order', { timeout: PATIENCE }, async () => {
  const dataFolder = await newDataFolder();
  const api = startApi(dataFolder, { KASTOMA_ENV: 'test' });
  await api.opened();
  for (let pressed = 0; pressed < 4; pressed += 1) {
    api.signal('SIGINT');
    await pause(5);
  }
  const { code, errors } = await api.ended();
  expect([code, errors]).toEqual([0, '']);
  expect(await leftOvers(dataFolder, 0)).toEqual([]);
});

/** A connection that is open already, and a sign-in on it that takes its time: hashing is slow on purpose. */
async function prepareSlowRequest(url: string, index: number) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write('GET /health/live HTTP/1.1\r\nHost: drill\r\n\r\n');
  await once(socket, 'data');
  const body = JSON.stringify({ email: `guess${index}@people.example`, password: 'a wrong one' });
  let status: number | undefined;
  const answered = readStatus(socket).then((read) => (status = read));
  return {
    answered,
    isAnswered: () => status !== undefined,
    send: () => {
      socket.write(
        `POST /api/v1/auth/login HTTP/1.1\r\nHost: drill\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    },
  };
}

/** The status of the next answer; 0 when the connection ends without one. */
function readStatus(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.endsWith('}')) resolve(statusesIn(text)[0] ?? 0);
    });
    socket.on('error', () => {
      resolve(0);
    });
    socket.on('close', () => {
      resolve(0);
    });
  });
}
