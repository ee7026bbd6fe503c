import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, onlyVariant, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Order, Product, Stock } from './wire.ts';

type LivingOrder = Order & {
  readonly cancel_reason: string | null;
  readonly items: readonly (Order['items'][number] & { readonly id: string })[];
  readonly fulfilments: readonly {
    readonly id: string;
    readonly lines: readonly { readonly item_id: string; readonly quantity: number }[];
    readonly carrier: string | null;
    readonly tracking_number: string | null;
  }[];
};
type Fulfilled = { readonly id: string; readonly order: { readonly status: string } };
type Change = {
  readonly change: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly version: number;
};
type Note = { readonly id: string; readonly text: string; readonly author: string };

const NOBODYS = '0199c0de-0000-7000-8000-000000000000';

let shop: TestShop;
let staff: Client;
let mug: Product;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  mug = await stockMug(staff, { stock: 1_000 });
});

afterAll(() => shop.close());

async function buyer(): Promise<Client> {
  const client = await shop.signUp(`buyer-${crypto.randomUUID().slice(0, 8)}`);
  await client.post('/cart/add_item/', { product_id: mug.id, quantity: 3 }).expect(200);
  return client;
}

async function placed(client: Client, how: object = {}): Promise<LivingOrder> {
  return (await client.post<LivingOrder>('/orders/', { ...CHECKOUT, ...how }, newKey()).expect(201))
    .data;
}

const pathOf = ({ id }: Pick<Order, 'id'>) => `/orders/${id}/`;
const read = async (client: Client, order: Order) =>
  (await client.get<LivingOrder>(pathOf(order)).expect(200)).data;
const stockNow = async () => {
  const { data } = await staff.get<Stock>(`/variants/${onlyVariant(mug).id}/stock/`).expect(200);
  return [data.on_hand, data.reserved] as const;
};

/** Moves an order on by the version that was read last. */
async function move(order: Order, status: string): Promise<LivingOrder> {
  const { headers } = await staff.get(pathOf(order)).expect(200);
  const seen = { 'If-Match': headers.get('etag') ?? '' };
  return (await staff.patch<LivingOrder>(pathOf(order), { status }, seen).expect(200)).data;
}

describe('from the placement to the door', () => {
  it('an order goes step by step, in two parcels, and everybody can follow it', async () => {
    const [onHand, reserved] = await stockNow();
    const client = await buyer();
    const order = await placed(client);
    expect(await stockNow()).toEqual([onHand, reserved + 3]);
    expect(order).toMatchObject({ status: 'pending', cancel_reason: null, fulfilments: [] });
    expect((await move(order, 'confirmed')).status).toBe('confirmed');
    expect((await move(order, 'processing')).status).toBe('processing');

    const item = order.items[0]?.id;
    const parcel = {
      lines: [{ item_id: item, quantity: 1 }],
      carrier: 'UPS',
      tracking_number: '1Z',
    };
    const key = newKey();
    const path = `${pathOf(order)}fulfilments/`;
    const { data: first } = await staff.post<Fulfilled>(path, parcel, key).expect(201);
    const again = await staff.post<Fulfilled>(path, parcel, key).expect(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.data).toEqual(first);
    expect(await stockNow()).toEqual([onHand - 1, reserved + 2]);
    expect(await read(client, order)).toMatchObject({
      status: 'processing',
      fulfilment_status: 'partially_fulfilled',
      fulfilments: [{ id: first.id, carrier: 'UPS', tracking_number: '1Z' }],
    });
    const tooMany = { lines: [{ item_id: item, quantity: 3 }] };
    await staff.post(path, tooMany).refused(409, 'ordering.too_many_units');

    const shipped = await move(order, 'shipped');
    expect(shipped).toMatchObject({
      status: 'shipped',
      fulfilment_status: 'fulfilled',
      fulfilments: [{}, { lines: [{ item_id: item, quantity: 2 }], carrier: null }],
    });
    expect(await stockNow()).toEqual([onHand - 3, reserved]);
    expect((await move(order, 'delivered')).status).toBe('delivered');

    const { data: all } = await staff.get<Change[]>(`${pathOf(order)}history/`).expect(200);
    expect(all.map(({ change }) => change)).toEqual([
      'order_placed',
      'order_confirmed',
      'order_processing_started',
      'order_fulfilled',
      'order_fulfilled',
      'order_delivered',
    ]);
    expect(all.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(all[1]?.actor).toBe(`user:${staff.account.user.id}`);
    const seen = await client.get<Change[]>(`${pathOf(order)}history/?page_size=2`).expect(200);
    expect(seen.data.map(({ actor }) => actor)).toEqual([`user:${client.account.user.id}`, 'shop']);
    expect(seen.pagination?.count).toBe(6);
  });

  it('no step is taken that there is none, or by a version that is old', async () => {
    const order = await placed(await buyer());
    await staff.patch(pathOf(order), { status: 'confirmed' }).refused(428, 'core.version_required');
    const old = { 'If-Match': '"v9"' };
    const stale = await staff
      .patch(pathOf(order), { status: 'confirmed' }, old)
      .refused(412, 'core.stale_version');
    expect(stale.headers.get('etag')).toBe('"v1"');
    const any = { 'If-Match': '*' };
    const { error } = await staff
      .patch(pathOf(order), { status: 'delivered' }, any)
      .refused(409, 'ordering.illegal_transition');
    expect(error.detail).toEqual({
      from: 'pending',
      to: 'delivered',
      legal: ['confirmed', 'cancelled'],
    });
    for (const status of ['pending', 'shipped', 'processing'])
      await staff.patch(pathOf(order), { status }, any).refused(409, 'ordering.illegal_transition');
    await staff.patch(pathOf(order), { status: 'lost' }, any).expect(422);
    await staff.patch(pathOf(order), { status: 'confirmed', total: 0 }, any).expect(422);
    await staff
      .patch(pathOf({ id: NOBODYS }), { status: 'confirmed' }, any)
      .refused(404, 'ordering.order_not_found');
    expect((await read(staff, order)).version).toBe(1);
  });

  it('nothing that is sent instead of a parcel is one', async () => {
    const order = await placed(await buyer());
    await move(order, 'confirmed');
    await move(order, 'processing');
    const path = `${pathOf(order)}fulfilments/`;
    const item = order.items[0]?.id;
    for (const body of [
      { lines: [] },
      { lines: [{ item_id: item, quantity: 0 }] },
      { lines: [{ item_id: item, quantity: 1.5 }] },
      { lines: [{ item_id: item, quantity: 1e30 }] },
      { lines: [{ item_id: 'mug', quantity: 1 }] },
      { lines: [{ item_id: item, quantity: 1 }], carrier: '' },
      { lines: [{ item_id: item, quantity: 1 }], carrier: 'x'.repeat(201) },
      { lines: [{ item_id: item, quantity: 1 }], tracking_number: 'a\nb' },
      { lines: [{ item_id: NOBODYS, quantity: 1 }] },
      {
        lines: [
          { item_id: item, quantity: 1 },
          { item_id: item, quantity: 1 },
        ],
      },
      {},
    ])
      await staff.post(path, body).expect(422);
    const nothing = { lines: [{ item_id: item, quantity: -1 }] };
    await staff.post(path, nothing).refused(422, 'ordering.invalid_units');
    await staff.post(path, { lines: [] }).refused(422, 'ordering.fulfilment_of_nothing');
    await staff.post(path, null).expect(422);
    expect((await read(staff, order)).fulfilments).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('gives everything back, once, and is the same under one key', async () => {
    const [onHand, reserved] = await stockNow();
    const client = await buyer();
    const order = await placed(client);
    const key = newKey();
    const path = `${pathOf(order)}cancel/`;
    const why = { reason: 'Ordered twice' };
    const { data, headers } = await client.post<LivingOrder>(path, why, key).expect(200);
    expect(data).toMatchObject({
      status: 'cancelled',
      cancel_reason: 'Ordered twice',
      payment_status: 'voided',
      version: 2,
    });
    expect(headers.get('etag')).toMatch(/^"v2-/);
    expect((await client.post<LivingOrder>(path, why, key).expect(200)).data).toEqual(data);
    const { error } = await client.post(path, why).refused(409, 'ordering.illegal_transition');
    expect(error.detail).toMatchObject({ from: 'cancelled', legal: [] });
    expect(await stockNow()).toEqual([onHand, reserved]);
    await client
      .post(`${pathOf(order)}payments/`, { method: 'test' })
      .refused(409, 'ordering.order_not_payable');
  });

  it('pays back what was captured, by itself', async () => {
    const client = await buyer();
    const order = await placed(client, { payment_method: 'test', payment_token: 'tok_success' });
    const payment = order.payments[0]?.id ?? '';
    await staff.post(`${pathOf(order)}payments/${payment}/capture/`, {}, newKey()).expect(200);
    await staff.post(`${pathOf(order)}cancel/`, {}).expect(200);
    await vi.waitFor(
      async () => expect((await read(client, order)).payment_status).toBe('refunded'),
      { timeout: 10_000, interval: 200 },
    );
  });

  it('is nobody else’s, and comes too late for what has left', async () => {
    const order = await placed(await buyer());
    await (
      await buyer()
    )
      .post(`${pathOf(order)}cancel/`, {})
      .refused(404, 'ordering.order_not_found');
    for (const status of ['confirmed', 'processing', 'shipped']) await move(order, status);
    const { error } = await staff
      .post(`${pathOf(order)}cancel/`, {})
      .refused(409, 'ordering.illegal_transition');
    expect(error.detail).toMatchObject({ from: 'shipped', legal: ['delivered'] });
    await staff.post(`${pathOf(order)}cancel/`, { reason: 'x'.repeat(501) }).expect(409);
  });
});

describe('an order that is paid for by a provider', () => {
  it('is confirmed with the promise, before anybody is answered', async () => {
    const client = await buyer();
    const order = await placed(client, { payment_method: 'test', payment_token: 'tok_success' });
    expect(order).toMatchObject({ status: 'confirmed', payment_status: 'authorized', version: 2 });
    const { data } = await staff.get<Change[]>(`${pathOf(order)}history/`).expect(200);
    expect(data.at(-1)).toMatchObject({ change: 'order_confirmed', actor: 'system' });
  });

  it('is confirmed when the promise comes later', async () => {
    const client = await buyer();
    const order = await placed(client, { payment_method: 'test', payment_token: 'tok_delayed' });
    expect(order).toMatchObject({ status: 'pending', payment_status: 'pending' });
    await vi.waitFor(async () => expect((await read(client, order)).status).toBe('confirmed'), {
      timeout: 20_000,
      interval: 200,
    });
  }, 25_000);

  it('by hand is confirmed when staff have the money', async () => {
    const client = await buyer();
    const order = await placed(client);
    const payment = order.payments[0]?.id ?? '';
    await staff.post(`${pathOf(order)}payments/${payment}/capture/`, {}, newKey()).expect(200);
    expect(await read(client, order)).toMatchObject({ status: 'confirmed', version: 2 });
  });

  it('expires when nobody pays in time, and that is final', async () => {
    const [onHand, reserved] = await stockNow();
    const client = await buyer();
    const order = await placed(client, { payment_method: 'test', payment_token: 'tok_declined' });
    expect(order).toMatchObject({ status: 'pending', payment_status: 'failed' });
    await shop.database`
      update ordering.orders set placed_at = placed_at - interval '2 hours' where id = ${order.id}
    `;
    await shop.database`
      update payments.payments set created_at = created_at - interval '2 hours'
      where order_id = ${order.id}
    `;
    await vi.waitFor(async () => expect((await read(client, order)).status).toBe('cancelled'), {
      timeout: 15_000,
      interval: 200,
    });
    expect((await read(client, order)).cancel_reason).toBe('expired');
    expect(await stockNow()).toEqual([onHand, reserved]);
    await client
      .post(`${pathOf(order)}payments/`, { method: 'test', token: 'tok_success' })
      .refused(409, 'ordering.order_not_payable');
  }, 20_000);
});

describe('notes on an order', () => {
  it('are for the customer, or for those who work here alone', async () => {
    const client = await buyer();
    const order = await placed(client);
    const path = `${pathOf(order)}notes/`;
    const secret = 'Has complained before.';
    await staff.post<Note>(path, { text: secret }, newKey()).expect(201);
    const { data: open } = await staff
      .post<Note>(path, { text: 'We wrap it.', internal: false })
      .expect(201);
    const { data: all } = await staff.get<Note[]>(path).expect(200);
    expect(all.map(({ text }) => text)).toEqual([secret, 'We wrap it.']);
    expect(open.author).toBe(`user:${staff.account.user.id}`);
    const seen = await client.get<Note[]>(path).expect(200);
    expect(seen.data).toEqual([{ ...open, author: 'shop' }]);
    expect(seen.pagination?.count).toBe(1);
    for (const place of [
      pathOf(order),
      `${pathOf(order)}history/`,
      '/users/me/export/',
      '/orders/',
    ])
      expect((await client.get(place).expect(200)).text).not.toContain(secret);
    expect((await client.get('/users/me/export/').expect(200)).text).toContain('We wrap it.');
    await client.post(path, { text: 'Mine' }).refused(403, 'request.not_allowed');
    await staff.post(path, { text: ' ' }).expect(422);
    await staff.post(path, { text: 'x'.repeat(2_001) }).expect(422);
    await (await buyer()).get(path).refused(404, 'ordering.order_not_found');
  });
});
