import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { writeTestEvent } from '@kastoma/adapters-payments/testing';
import type { PaymentId } from '@kastoma/domain/core';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug, usd } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Order, Payment, Product } from './wire.ts';

let shop: TestShop;
let staff: Client;
let mug: Product;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  mug = await stockMug(staff, { stock: 1_000, price: '100.00' });
});

afterAll(() => shop.close());

async function buyer(): Promise<Client> {
  const client = await shop.signUp(`buyer-${crypto.randomUUID().slice(0, 8)}`);
  await client.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
  return client;
}

async function placed(client: Client, how: object = {}, key = newKey()): Promise<Order> {
  return (await client.post<Order>('/orders/', { ...CHECKOUT, ...how }, key).expect(201)).data;
}

function firstOf({ payments }: Order): Payment {
  return payments[0] ?? expect.fail('An order has a payment.');
}

const capture = (order: Order, body: object = {}, key = newKey()) =>
  staff.post<Payment>(`/orders/${order.id}/payments/${firstOf(order).id}/capture/`, body, key);

const read = async (client: Client, { id }: Order) =>
  (await client.get<Order>(`/orders/${id}/`).expect(200)).data;

describe('money in hand', () => {
  it('is captured by staff when it is there, and once however often that is said', async () => {
    const client = await buyer();
    const order = await placed(client);
    expect(order).toMatchObject({ payment_status: 'pending', payments: [{ method: 'manual' }] });
    const key = newKey();
    const { data: payment } = await capture(order, {}, key).expect(200);
    expect(payment).toMatchObject({ status: 'paid', captured: order.totals['total'] });
    const again = await capture(order, {}, key).expect(200);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.data).toEqual(payment);
    await capture(order).refused(409, 'payments.step_not_possible');
    expect(await read(client, order)).toMatchObject({ payment_status: 'paid' });
  });

  it('may come in parts, and no more than there is to pay', async () => {
    const order = await placed(await buyer());
    const { data: part } = await capture(order, { amount: usd('40.00') }).expect(200);
    expect(part.captured).toEqual(usd('40.00'));
    const { error } = await capture(order, { amount: usd('1000.00') }).refused(
      422,
      'payments.amount_too_large',
    );
    expect(error.detail).toMatchObject({ most: usd('60.00') });
    await capture(order, { amount: usd('0.00') }).refused(422, 'payments.amount_not_positive');
    await capture(order, { amount: { amount: '1.00', currency: 'EUR' } }).refused(
      422,
      'core.currency_mismatch',
    );
  });

  it('is captured by nobody else, without a key by nobody, and of its own order', async () => {
    const client = await buyer();
    const order = await placed(client);
    const path = `/orders/${order.id}/payments/${firstOf(order).id}/capture/`;
    await client.post(path, {}, newKey()).refused(403, 'request.not_allowed');
    await staff.post(path, {}).refused(400, 'request.idempotency_key_required');
    const other = await placed(await buyer());
    await staff
      .post(`/orders/${other.id}/payments/${firstOf(order).id}/capture/`, {}, newKey())
      .refused(404, 'payments.payment_not_found');
    expect(await read(client, order)).toMatchObject({ payment_status: 'pending' });
  });
});

describe('the gateway for tests', () => {
  it('promises the money while the order is placed, and staff take it', async () => {
    const client = await buyer();
    const order = await placed(client, { payment_method: 'test', payment_token: 'tok_success' });
    expect(order).toMatchObject({ payment_status: 'authorized' });
    expect(firstOf(order)).toMatchObject({ reference: null, captured: usd('0.00') });
    await capture(order).expect(200);
    expect(await read(client, order)).toMatchObject({
      payment_status: 'paid',
      payments: [{ reference: null }],
    });
    expect(firstOf(await read(staff, order)).reference).toBe(`test_${firstOf(order).id}`);
  });

  it('declines: the order stands, and is paid for in another try', async () => {
    const client = await buyer();
    const key = newKey();
    const how = { payment_method: 'test', payment_token: 'tok_insufficient_funds' };
    const order = await placed(client, how, key);
    expect(firstOf(order)).toMatchObject({
      status: 'failed',
      decline_reason: 'insufficient_funds',
    });
    expect(await placed(client, how, key)).toEqual(order);
    const path = `/orders/${order.id}/payments/`;
    const { data: payment } = await client
      .post<Payment>(path, { method: 'test', token: 'tok_success' }, newKey())
      .expect(201);
    expect(payment.status).toBe('authorized');
    expect(await read(client, order)).toMatchObject({ payment_status: 'authorized' });
    await client.post(path, { method: 'test' }).refused(409, 'ordering.payment_not_needed');
    await (await buyer()).post(path, { method: 'test' }).refused(404, 'ordering.order_not_found');
    await client
      .post(path, { method: 'shells' })
      .refused(422, 'ordering.payment_method_not_offered');
  });

  it('promises, and its answer is lost: the shop finds out by itself, and the money is promised once', async () => {
    const client = await buyer();
    const key = newKey();
    const how = { payment_method: 'test', payment_token: 'tok_lost' };
    const order = await placed(client, how, key);
    expect(order.payment_status).toBe('pending');
    expect(await placed(client, how, key)).toEqual(order);
    await client
      .post(`/orders/${order.id}/payments/`, { method: 'test' })
      .refused(409, 'ordering.payment_under_way');
    await shop.database`
      update payments.operations set next_attempt_at = now()
      where payment_id = ${firstOf(order).id}
    `;
    await vi.waitFor(
      async () => {
        expect((await read(client, order)).payment_status).toBe('authorized');
      },
      { timeout: 10_000, interval: 100 },
    );
    const [row] = await shop.database<{ attempts: number }[]>`
      select attempts from payments.operations where payment_id = ${firstOf(order).id}
    `;
    expect(row?.attempts).toBe(2);
  });

  it('takes its time, and tells by an event, which may come twice', async () => {
    const client = await buyer();
    const how = { payment_method: 'test', payment_token: 'tok_delayed_declined' };
    const order = await placed(client, how);
    const { id, amount } = firstOf(order);
    expect(order.payment_status).toBe('pending');
    const told = {
      id: `evt_${id}`,
      paymentId: id as PaymentId,
      authorized: amount,
      captured: usd('0.00'),
      refunded: usd('0.00'),
      isReleased: false,
    };
    const { body, header } = writeTestEvent(told, Date.now());
    const send = async (text: string, headers: Record<string, string>) => {
      const url = `${shop.url}/api/v1/payments/webhooks/test/`;
      const answer = await fetch(url, { method: 'POST', body: text, headers });
      return { status: answer.status, ...((await answer.json()) as { data: unknown }) };
    };
    const signed = { [header[0]]: header[1] };
    expect(await send(body, {})).toMatchObject({ status: 400 });
    expect(await send(body.replace('evt_', 'evt-'), signed)).toMatchObject({ status: 400 });
    expect(await send(body, signed)).toMatchObject({ status: 200, data: { reception: 'taken' } });
    expect(await send(body, signed)).toMatchObject({ status: 200, data: { reception: 'known' } });
    expect(await read(client, order)).toMatchObject({ payment_status: 'authorized' });
    await shop.guest
      .post('/payments/webhooks/shells/', {})
      .refused(404, 'payments.provider_unknown');
  });

  it('loses the answer to a capture: staff are told to ask again, and the money moves once', async () => {
    const how = { payment_method: 'test', payment_token: 'tok_capture_lost' };
    const order = await placed(await buyer(), how);
    const key = newKey();
    const lost = await capture(order, {}, key).refused(503, 'payments.provider_not_answering');
    expect(lost.headers.get('retry-after')).toBe('30');
    const { data: payment } = await capture(order, {}, key).expect(200);
    expect(payment).toMatchObject({ status: 'paid', captured: order.totals['total'] });
    const [account] = await shop.database<{ captured: string }[]>`
      select account ->> 'captured' as captured from payments.test_gateway
      where reference = ${`test_${payment.id}`}
    `;
    expect(account?.captured).toBe(String(Number(payment.captured.amount.replace('.', ''))));
  });

  it('declines a capture: nothing has moved, and the key is free for another try', async () => {
    const how = { payment_method: 'test', payment_token: 'tok_capture_declined' };
    const order = await placed(await buyer(), how);
    const key = newKey();
    const { error } = await capture(order, {}, key).refused(409, 'payments.declined');
    expect(error.detail).toEqual({ reason: 'expired' });
    await capture(order, {}, key).refused(409, 'payments.declined');
    const rows = await shop.database`
      select id from payments.operations
      where payment_id = ${firstOf(order).id} and kind = 'capture'
    `;
    expect(rows).toHaveLength(2);
  });

  it('is said before money in hand is: another way to pay takes its place', async () => {
    const client = await buyer();
    const order = await placed(client);
    await client
      .post(`/orders/${order.id}/payments/`, { method: 'test', token: 'tok_success' }, newKey())
      .expect(201);
    expect((await read(client, order)).payments.map(({ status }) => status)).toEqual([
      'voided',
      'authorized',
    ]);
  });
});

it('the health of payments tells how many operations are for a person to look into', async () => {
  const response = await fetch(`${shop.url}/health/detailed`);
  expect(JSON.stringify(await response.json())).toMatch(/"payments".*"stuck":0/);
});
