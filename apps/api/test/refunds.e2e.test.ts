import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { auditBooks } from '@kastoma/adapters-postgres';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, onlyVariant, stockMug, usd } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Order, Payment, Product, Refund, Return, Stock } from './wire.ts';

let shop: TestShop;
let staff: Client;
let mug: Product;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  mug = await stockMug(staff, { stock: 1_000, price: '25.00' });
});

afterAll(() => shop.close());

/** Somebody whose order of two mugs is paid; the token says how the gateway refunds it. */
async function paid(token = 'tok_success', goods: Product = mug) {
  const client = await shop.signUp(`buyer-${crypto.randomUUID().slice(0, 8)}`);
  await client.post('/cart/add_item/', { product_id: goods.id, quantity: 2 }).expect(200);
  const how = { ...CHECKOUT, payment_method: 'test', payment_token: token };
  const { data: order } = await client.post<Order>('/orders/', how, newKey()).expect(201);
  const [payment = expect.fail('An order has a payment.')] = order.payments;
  await staff
    .post<Payment>(`/orders/${order.id}/payments/${payment.id}/capture/`, {}, newKey())
    .expect(200);
  return { client, order, path: `/orders/${order.id}`, itemId: order.items[0]?.id ?? '' };
}

async function shipped(goods: Product = mug) {
  const bought = await paid('tok_success', goods);
  // Paid, it is confirmed by itself.
  await vi.waitFor(
    async () => {
      const { data: order } = await staff.get<Order>(`${bought.path}/`).expect(200);
      expect(order.status).toBe('confirmed');
    },
    { timeout: 10_000, interval: 100 },
  );
  for (const status of ['processing', 'shipped'])
    await staff.patch(`${bought.path}/`, { status }, { 'If-Match': '*' }).expect(200);
  return bought;
}

describe('a refund', () => {
  it('pays back a unit, once however often that is asked, and the customer sees it', async () => {
    const { client, path, itemId } = await paid();
    const key = newKey();
    const asked = { lines: [{ item_id: itemId, quantity: 1 }], reason: 'Handle came off' };
    const { data: refund } = await staff.post<Refund>(`${path}/refunds/`, asked, key).expect(201);
    expect(refund).toMatchObject({
      status: 'succeeded',
      amount: usd('25.00'),
      paid_out: usd('25.00'),
      reason: 'Handle came off',
      lines: [{ item_id: itemId, quantity: 1, amount: usd('25.00') }],
      shipping: null,
      payouts: [{ outcome: 'succeeded', amount: usd('25.00') }],
    });
    const again = await staff.post<Refund>(`${path}/refunds/`, asked, key).expect(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.data).toEqual(refund);
    const { data: seen } = await client.get<Order>(`${path}/`).expect(200);
    expect(seen).toMatchObject({
      payment_status: 'partially_refunded',
      refunds: [{ id: refund.id, amount: usd('25.00') }],
    });
    const { data: list, pagination } = await client.get<Refund[]>(`${path}/refunds/`).expect(200);
    expect(list).toMatchObject([
      { id: refund.id, status: 'succeeded', reason: null, payouts: null },
    ]);
    expect(pagination).toMatchObject({ count: 1, next: null });
  });

  it('gives back no more than was paid, by units, amounts and shipping', async () => {
    const { order, path, itemId } = await paid();
    const refund = (body: object) =>
      staff.post<Refund>(`${path}/refunds/`, { reason: '', ...body }, newKey());
    await refund({}).refused(422, 'ordering.refund_of_nothing');
    await refund({ shipping: false }).refused(422, 'ordering.refund_of_nothing');
    await refund({ amount: usd('50.01') }).refused(409, 'ordering.refund_exceeds_left');
    await refund({ amount: { amount: '1.00', currency: 'EUR' } }).refused(
      422,
      'core.currency_mismatch',
    );
    await refund({ lines: [{ item_id: itemId, quantity: 3 }] }).refused(
      409,
      'ordering.too_many_units',
    );
    await refund({ lines: [{ item_id: order.id, quantity: 1 }] }).refused(
      422,
      'ordering.order_item_not_found',
    );
    await refund({ amount: usd('10.00'), shipping: usd('1.99') }).expect(201);
    await refund({ lines: [{ item_id: itemId, quantity: 2 }], shipping: true }).expect(201);
    const { data: read } = await staff.get<Order>(`${path}/`).expect(200);
    expect(read.payment_status).toBe('refunded');
    expect(read.payments[0]?.refunded).toEqual(order.totals['total']);
  });

  it('that the provider refuses stands as failed, with the money still owed', async () => {
    const { path } = await paid('tok_refund_declined');
    const { data, message } = await staff
      .post<Refund>(`${path}/refunds/`, { shipping: true, reason: 'Late' }, newKey())
      .expect(201);
    expect(data).toMatchObject({ status: 'failed', paid_out: usd('0.00') });
    expect(message).toContain('still owed');
    const { data: read } = await staff.get<Order>(`${path}/`).expect(200);
    expect(read).toMatchObject({ payment_status: 'paid' });
  });

  it('whose answer is lost is under way, and the shop finds out by itself', async () => {
    const { order, path } = await paid('tok_refund_lost');
    const { data } = await staff
      .post<Refund>(`${path}/refunds/`, { shipping: true, reason: 'Late' }, newKey())
      .expect(201);
    expect(data.status).toBe('pending');
    await shop.database`
      update payments.operations set next_attempt_at = now()
      where outcome = 'open' and payment_id = ${order.payments[0]?.id ?? ''}
    `;
    await vi.waitFor(
      async () => {
        const { data: list } = await staff.get<Refund[]>(`${path}/refunds/`).expect(200);
        expect(list).toMatchObject([{ status: 'succeeded' }]);
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it('is for staff, has a key, and is of money that has come in', async () => {
    const { client, path } = await paid();
    const body = { shipping: true, reason: 'Late' };
    await client.post(`${path}/refunds/`, body, newKey()).refused(403, 'request.not_allowed');
    await staff.post(`${path}/refunds/`, body).refused(400, 'request.idempotency_key_required');
    await (
      await shop.signUp(`stranger-${crypto.randomUUID().slice(0, 8)}`)
    )
      .get(`${path}/refunds/`)
      .refused(404, 'ordering.order_not_found');
    await shop.guest.get(`${path}/refunds/`).refused(404, 'ordering.order_not_found');
    await client.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
    const { data: unpaid } = await client.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
    await staff
      .post(`/orders/${unpaid.id}/refunds/`, body, newKey())
      .refused(409, 'ordering.refund_exceeds_captured');
    expect((await staff.get(`${path}/refunds/`).expect(200)).data).toEqual([]);
  });

  it.each([
    { shipping: 1e30 },
    { shipping: 'all' },
    { amount: { amount: '1e3', currency: 'USD' } },
    { amount: { amount: '-1.00', currency: 'USD' } },
    { lines: [null] },
    { lines: [{ item_id: '\u0000', quantity: 1 }] },
    { lines: [{ item_id: '0199c0de-0000-7000-8000-000000000000', quantity: 1.5 }] },
    { shipping: true, reason: 'a\u0000b' },
    { shipping: true, reason: 'x'.repeat(501) },
    { shipping: true, role: 'admin' },
    { shipping: true, reason: null },
  ])('is not made of nonsense: %j', async (body) => {
    const { path } = await paid();
    const answer = await staff.send('POST', `/api/v1${path}/refunds/`, {
      body: { reason: 'Late', ...body },
      headers: newKey(),
    });
    expect(answer.status).toBe(422);
  });
});

describe('a return', () => {
  it('is announced by the customer, received by staff, put on the shelf and paid back', async () => {
    const cup = await stockMug(staff, { stock: 5, price: '25.00' });
    const { client, path, itemId } = await shipped(cup);
    const units = (quantity: number) => [{ item_id: itemId, quantity }];
    const { data: announced, headers } = await client
      .post<Return>(`${path}/returns/`, { lines: units(2), reason: 'Too small' }, newKey())
      .expect(201);
    expect(announced).toMatchObject({ status: 'requested', reason: 'Too small', version: 1 });
    expect(headers.get('etag')).toMatch(/^"v1-/);
    await client
      .post(`${path}/returns/`, { lines: units(1) }, newKey())
      .refused(409, 'ordering.too_many_units');
    const place = `${path}/returns/${announced.id}`;
    const came = { lines: [{ item_id: itemId, quantity: 2, restock: true }], refund: {} };
    await client.post(`${place}/receive/`, came, newKey()).refused(403, 'request.not_allowed');
    const key = newKey();
    const { data: received } = await staff.post<Return>(`${place}/receive/`, came, key).expect(200);
    expect(received).toMatchObject({ status: 'received', lines: [{ received: 2, restock: true }] });
    const again = await staff.post<Return>(`${place}/receive/`, came, key).expect(200);
    expect(again.data).toEqual(received);
    await staff.post(`${place}/receive/`, came, newKey()).refused(409, 'ordering.return_is_over');
    const { data: order } = await client.get<Order>(`${path}/`).expect(200);
    expect(order).toMatchObject({
      fulfilment_status: 'returned',
      payment_status: 'partially_refunded',
      refunds: [{ id: received.refund_id, amount: usd('50.00') }],
    });
    const { data: stock } = await staff
      .get<Stock>(`/variants/${onlyVariant(cup).id}/stock/`)
      .expect(200);
    expect(stock).toMatchObject({ on_hand: 5, reserved: 0 });
    const { data: list } = await client.get<Return[]>(`${path}/returns/`).expect(200);
    expect(list).toEqual([received]);
    const { data: single } = await client.get<Return>(`${place}/`).expect(200);
    expect(single).toEqual(received);
  });

  it('may be cancelled while it is on its way, and then announced again', async () => {
    const { client, path, itemId } = await shipped();
    const body = { lines: [{ item_id: itemId, quantity: 2 }] };
    const { data } = await client.post<Return>(`${path}/returns/`, body, newKey()).expect(201);
    const place = `${path}/returns/${data.id}`;
    const { data: cancelled } = await client
      .post<Return>(`${place}/cancel/`, undefined)
      .expect(200);
    expect(cancelled.status).toBe('cancelled');
    await client.post(`${place}/cancel/`, undefined).refused(409, 'ordering.return_is_over');
    await client.post(`${path}/returns/`, body, newKey()).expect(201);
  });

  it('of what has not left, or is somebody else’s, is refused', async () => {
    const { client, path, itemId } = await paid();
    const body = { lines: [{ item_id: itemId, quantity: 1 }] };
    await client.post(`${path}/returns/`, body, newKey()).refused(409, 'ordering.too_many_units');
    await (
      await shop.signUp(`stranger-${crypto.randomUUID().slice(0, 8)}`)
    )
      .post(`${path}/returns/`, body, newKey())
      .refused(404, 'ordering.order_not_found');
    const nowhere = `${path}/returns/0199c0de-0000-7000-8000-000000000000`;
    await client.get(`${nowhere}/`).refused(404, 'ordering.return_not_found');
    await client.post(`${nowhere}/cancel/`, undefined).refused(404, 'ordering.return_not_found');
    expect((await client.get(`${path}/returns/`).expect(200)).data).toEqual([]);
  });
});

describe('an exchange', () => {
  it('sends other goods out as an order of its own, which the return names', async () => {
    const { client, order, path, itemId } = await shipped();
    const body = { lines: [{ item_id: itemId, quantity: 1 }] };
    const { data: announced } = await client
      .post<Return>(`${path}/returns/`, body, newKey())
      .expect(201);
    const place = `${path}/returns/${announced.id}`;
    const cup = await stockMug(staff, { stock: 3, price: '30.00' });
    const wanted = {
      lines: [{ variant_id: onlyVariant(cup).id, quantity: 1 }],
      payment_method: 'manual',
    };
    const key = newKey();
    await client.post(`${place}/exchange/`, wanted, newKey()).refused(403, 'request.not_allowed');
    const { data: placed } = await staff.post<Order>(`${place}/exchange/`, wanted, key).expect(201);
    expect(placed).toMatchObject({
      status: 'pending',
      payment_status: 'pending',
      shipping_address: order.shipping_address,
      items: [{ quantity: 1, unit_price: usd('30.00') }],
    });
    const again = await staff.post<Order>(`${place}/exchange/`, wanted, key).expect(201);
    expect(again.data).toEqual(placed);
    await staff
      .post(`${place}/exchange/`, wanted, newKey())
      .refused(409, 'ordering.already_exchanged');
    const { data: read } = await client.get<Return>(`${place}/`).expect(200);
    expect(read.exchange_order_id).toBe(placed.id);
    await client.get(`/orders/${placed.id}/`).expect(200);
  });
});

describe('money that nobody tries to move any more', () => {
  it('is listed for an administrator, who has it tried again or says what became of it', async () => {
    const admin = await shop.hire('admin');
    const { path } = await paid('tok_refund_declined');
    const { data: refund } = await staff
      .post<Refund>(`${path}/refunds/`, { shipping: true, reason: 'Late' }, newKey())
      .expect(201);
    const stuck = async () => {
      const { data } = await admin
        .get<{ id: string; refund_id: string }[]>('/payments/operations/')
        .expect(200);
      return data.filter(({ refund_id }) => refund_id === refund.id);
    };
    const [first = expect.fail('It is stuck.')] = await stuck();
    expect(first).toMatchObject({
      kind: 'refund',
      outcome: 'declined',
      amount: refund.amount,
      method: 'test',
    });
    await staff.get('/payments/operations/').refused(403, 'request.not_allowed');
    const { data: retried } = await admin
      .post<{ outcome: string }>(`/payments/operations/${first.id}/retry/`, undefined, newKey())
      .expect(200);
    expect(retried.outcome).toBe('declined');
    const [second = expect.fail('It is stuck again.')] = await stuck();
    expect(second.id).not.toBe(first.id);
    const settle = { outcome: 'succeeded' };
    const { data: settled } = await admin
      .post<{ outcome: string; payment: Payment }>(
        `/payments/operations/${second.id}/settle/`,
        settle,
        newKey(),
      )
      .expect(200);
    expect(settled).toMatchObject({ outcome: 'succeeded', payment: { refunded: refund.amount } });
    expect(await stuck()).toEqual([]);
    const { data: list } = await staff.get<Refund[]>(`${path}/refunds/`).expect(200);
    expect(list).toMatchObject([{ status: 'succeeded', paid_out: refund.amount }]);
    const { data: audited } = await admin
      .get<{ action: string }[]>('/audit/?action=payments.operation_settled_by_hand')
      .expect(200);
    expect(audited).toHaveLength(1);
    await admin
      .post('/payments/operations/0199c0de-0000-7000-8000-000000000000/retry/', undefined, newKey())
      .refused(404, 'payments.operation_not_found');
  });
});

describe('a guest', () => {
  it('sees the refunds of the order whose token is shown, and announces what comes back', async () => {
    const { guest } = shop;
    const wanted = { product_id: mug.id, quantity: 1 };
    const { headers } = await guest.post('/cart/add_item/', wanted).expect(200);
    const cart = { 'X-Cart-Token': headers.get('x-cart-token') ?? '' };
    const sent = { ...CHECKOUT, email: 'guest@people.example' };
    const { data: order } = await guest
      .post<Order & { order_token: string }>('/orders/', sent, { ...newKey(), ...cart })
      .expect(201);
    const shown = { 'X-Order-Token': order.order_token };
    const path = `/orders/${order.id}`;
    expect((await guest.get(`${path}/refunds/`, shown).expect(200)).data).toEqual([]);
    const body = { lines: [{ item_id: order.items[0]?.id, quantity: 1 }] };
    await guest.post(`${path}/returns/`, body, shown).refused(409, 'ordering.too_many_units');
    await guest.post(`${path}/returns/`, body).refused(404, 'ordering.order_not_found');
  });
});

it('the books add up after all of this', async () => {
  const { figures, off } = await auditBooks(shop.database, 10);
  expect(off).toEqual([]);
  expect(Number(figures.refunded)).toBeGreaterThan(0);
});
