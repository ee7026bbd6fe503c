import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import { openTwoProcesses } from './two-processes.ts';
import type { Order } from './wire.ts';

type StreamedEvent = { readonly id: string; readonly event: string; readonly data: string };

let shop: TestShop;
let admin: Client;
let ada: Client;

beforeAll(async () => {
  shop = await openTestShop();
  admin = await shop.hire('admin');
  ada = await shop.signUp('ada');
});

afterAll(() => shop.close());

async function placeOrder(): Promise<Order> {
  const mug = await stockMug(admin);
  await ada.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
  return (await ada.post<Order>('/orders/', CHECKOUT, newKey()).expect(201)).data;
}

/** Reads a stream as a browser's EventSource does. */
class Follower {
  readonly events: StreamedEvent[] = [];
  lastEventId = '';
  hasEnded = false;
  readonly #hangUp = new AbortController();

  async open(who: Client, lastEventId?: string): Promise<Response> {
    const response = await fetch(`${who.url}/api/v1/orders/stream/`, {
      headers: {
        Authorization: `Bearer ${who.account.access}`,
        Accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
      },
      signal: this.#hangUp.signal,
    });
    if (response.status === 200)
      this.#read(response).then(
        () => (this.hasEnded = true),
        () => (this.hasEnded = true),
      );
    onTestFinished(() => {
      this.#hangUp.abort();
    });
    return response;
  }

  hangUp(): void {
    this.#hangUp.abort();
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => {
        const [name = '', ...rest] = line.split(': ');
        return [name, rest.join(': ')];
      }),
    );
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    const data = fields.get('data');
    if (data === undefined) return;
    this.events.push({ id: this.lastEventId, event: fields.get('event') ?? '', data });
  }

  async await(count: number): Promise<readonly StreamedEvent[]> {
    await expect.poll(() => this.events.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count);
    return this.events;
  }
}

const placed = (events: readonly StreamedEvent[]) =>
  events
    .filter(({ event }) => event === 'order.placed')
    .map(({ data }) => (JSON.parse(data) as { data: { number: string } }).data.number);

describe('the stream of orders', () => {
  it('tells of what happens while it happens, and goes on where one was', async () => {
    await placeOrder();
    const follower = new Follower();
    const response = await follower.open(admin);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    await expect.poll(() => follower.lastEventId).not.toBe('');
    const one = await placeOrder();
    const [first] = await follower.await(1);
    expect(placed(follower.events)).toEqual([one.number]);
    expect(JSON.parse(first?.data ?? '')).toMatchObject({
      type: 'order.placed',
      data: { order_id: one.id, number: one.number, total: one.totals.total },
    });
    expect(first?.data).not.toContain(ada.account.user.id);
    follower.hangUp();
    const missed = [await placeOrder(), await placeOrder()];
    const again = new Follower();
    await again.open(admin, first?.id);
    await again.await(2);
    expect(placed(again.events)).toEqual(missed.map(({ number }) => number));
  });

  it('loses nothing of many orders at once, whoever comes and goes meanwhile', async () => {
    const steady = new Follower();
    await steady.open(admin);
    await expect.poll(() => steady.lastEventId).not.toBe('');
    const shoppers = await Promise.all(
      Array.from({ length: 6 }, () => shop.signUp(`shopper-${crypto.randomUUID()}`)),
    );
    const mug = await stockMug(admin, { stock: 100 });
    const restless: StreamedEvent[] = [];
    let place = steady.lastEventId;
    const over = new AbortController();
    const comingAndGoing = (async () => {
      while (!over.signal.aborted) {
        const follower = new Follower();
        await follower.open(admin, place);
        await pause(300);
        follower.hangUp();
        restless.push(...follower.events);
        place = follower.lastEventId === '' ? place : follower.lastEventId;
      }
    })();
    const numbers = (
      await Promise.all(
        shoppers.map(async (shopper) => {
          const own: string[] = [];
          for (let count = 0; count < 3; count += 1) {
            await shopper.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
            const { data } = await shopper.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
            own.push(data.number);
          }
          return own;
        }),
      )
    ).flat();
    await expect.poll(() => placed(steady.events).length, { timeout: 15_000 }).toBe(numbers.length);
    await expect.poll(() => placed(restless).length, { timeout: 15_000 }).toBe(numbers.length);
    over.abort();
    await comingAndGoing;
    expect(placed(steady.events).toSorted()).toEqual(numbers.toSorted());
    expect(placed(restless)).toEqual(placed(steady.events));
  });

  it(
    'tells those who follow one process of what another one has done',
    { timeout: 60_000 },
    async () => {
      const two = await openTwoProcesses({});
      onTestFinished(() => two.close());
      const [{ account }] = await two.signUp('boss');
      await two.database`update identity.users set role = 'admin' where id = ${account.user.id}`;
      const [here, there] = await two.signIn(account);
      const follower = new Follower();
      await follower.open(there);
      await expect.poll(() => follower.lastEventId).not.toBe('');
      const mug = await stockMug(here);
      await here.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
      const { data } = await here.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
      await follower.await(1);
      expect(placed(follower.events)).toEqual([data.number]);
      follower.hangUp();
    },
  );

  it('ends for whoever has signed out', async () => {
    const staff = await shop.hire('staff');
    const follower = new Follower();
    await follower.open(staff);
    await expect.poll(() => follower.lastEventId).not.toBe('');
    await staff.post('/auth/logout-all/', undefined).expect(200);
    await expect.poll(() => follower.hasEnded, { timeout: 10_000 }).toBe(true);
    await placeOrder();
    expect(follower.events).toEqual([]);
  });

  it('is for those who work here, and for services that may read orders', async () => {
    expect((await new Follower().open(ada)).status).toBe(403);
    const body = {
      name: 'Board in the hall',
      scopes: ['orders.read_all'],
      password: 'a long walk by the sea',
    };
    const { data } = await admin.post<{ id: string; key: string }>('/api-keys/', body).expect(201);
    const service = shop.guest.as({ ...admin.account, access: data.key });
    const follower = new Follower();
    expect((await follower.open(service)).status).toBe(200);
    await admin.delete(`/api-keys/${data.id}/`).expect(200);
    await expect.poll(() => follower.hasEnded, { timeout: 15_000 }).toBe(true);
  });

  it.each([
    'nonsense',
    '1e30',
    `99999999999999999999-${crypto.randomUUID()}`,
    `999999999999-${crypto.randomUUID()}`,
  ])('begins nowhere at %s', async (place) => {
    const response = await new Follower().open(admin, place);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ code: 'notifications.unknown_stream_position', path: 'Last-Event-ID' }],
    });
  });

  it('is no stream for those who ask for its headers alone, and takes no place for them', async () => {
    for (let count = 0; count < 60; count += 1) {
      const response = await admin.send('HEAD', '/api/v1/orders/stream/');
      expect(response.status).toBe(200);
    }
    expect((await new Follower().open(admin)).status).toBe(200);
  });

  it('takes in fifty followers, and tells the next to come back', async () => {
    const followers = Array.from({ length: 50 }, () => new Follower());
    for (const follower of followers)
      expect([200, 503]).toContain((await follower.open(admin)).status);
    const refused = await new Follower().open(admin);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('10');
    for (const follower of followers) follower.hangUp();
    await expect
      .poll(async () => (await new Follower().open(admin)).status, { timeout: 10_000 })
      .toBe(200);
  });

  it('does not hold up a shop that ends', async () => {
    const other = await openTestShop();
    const boss = await other.hire('admin');
    const follower = new Follower();
    await follower.open(boss);
    await expect.poll(() => follower.lastEventId).not.toBe('');
    // Sooner than connections are cut off that do not end by themselves.
    const closing = other.close();
    await expect.poll(() => follower.hasEnded, { timeout: 5_000 }).toBe(true);
    await closing;
  });
});
