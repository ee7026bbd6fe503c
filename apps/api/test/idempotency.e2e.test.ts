import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { ADDRESS, CHECKOUT, newKey, stockMug, usd } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Order } from './wire.ts';

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

async function withMugInCart(name: string): Promise<Client> {
  const mug = await stockMug(staff);
  const client = await shop.signUp(name);
  await client.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
  return client;
}

describe('a request that is sent twice', () => {
  it('places one order and answers twice, to the byte', async () => {
    const client = await withMugInCart('twice');
    const key = newKey();
    const first = await client.post<Order>('/orders/', CHECKOUT, key).expect(201);
    const second = await client.post<Order>('/orders/', CHECKOUT, key).expect(201);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const { pagination } = await client.get('/orders/').expect(200);
    expect(pagination?.count).toBe(1);
  });

  it('is the same request however its fields are ordered', async () => {
    const client = await withMugInCart('ordered');
    const key = newKey();
    await client.post('/orders/', CHECKOUT, key).expect(201);
    const { country, ...rest } = ADDRESS;
    const shuffled = {
      payment_method: 'manual',
      shipping_address: { country, ...rest },
      shipping_method: 'standard',
    };
    const { headers } = await client.post('/orders/', shuffled, key).expect(201);
    expect(headers.get('idempotency-replayed')).toBe('true');
  });

  it('puts units into a cart once', async () => {
    const client = await withMugInCart('clicker');
    const mug = await stockMug(staff);
    const key = newKey();
    const item = { product_id: mug.id, quantity: 2 };
    await client.post('/cart/add_item/', item, key).expect(200);
    await client.post('/cart/add_item/', item, key).expect(200);
    const { data } = await client.get<Cart>('/cart/').expect(200);
    expect(data.item_count).toBe(3);
  });

  it('makes a product once', async () => {
    const key = newKey();
    const product = { name: 'Jug', variants: [{ sku: 'JUG-1', price: usd('9.00') }] };
    const first = await staff.post('/products/', product, key).expect(201);
    const second = await staff.post('/products/', product, key).expect(201);
    expect(second.text).toBe(first.text);
    await staff.post('/products/', product, newKey()).refused(409, 'catalog.sku_taken');
  });
});

describe('a key', () => {
  it('stands for one request: with another body it is refused', async () => {
    const client = await withMugInCart('changer');
    const key = newKey();
    await client.post('/orders/', CHECKOUT, key).expect(201);
    const { error } = await client
      .post('/orders/', { ...CHECKOUT, notes: 'and a bow' }, key)
      .refused(422, 'core.idempotency_key_reused');
    expect(error.path).toBe('Idempotency-Key');
  });

  it('belongs to one customer and one route', async () => {
    const key = newKey();
    const [one, other] = [await withMugInCart('one'), await withMugInCart('other')];
    const { data: first } = await one.post<Order>('/orders/', CHECKOUT, key).expect(201);
    const { data: second } = await other.post<Order>('/orders/', CHECKOUT, key).expect(201);
    expect(second.id).not.toBe(first.id);
    const mug = await stockMug(staff);
    await one.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }, key).expect(200);
  });

  it('is not used up by a request that was refused', async () => {
    const client = await withMugInCart('corrected');
    const key = newKey();
    await client
      .post('/orders/', { ...CHECKOUT, payment_method: 'barter' }, key)
      .refused(422, 'ordering.payment_method_not_offered');
    const { headers } = await client.post('/orders/', CHECKOUT, key).expect(201);
    expect(headers.get('idempotency-replayed')).toBeNull();
  });

  it('lets one of many requests at once through; the others get the same answer or are told at once that it is in use', async () => {
    const client = await withMugInCart('impatient');
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.post<Order>('/orders/', CHECKOUT, key)),
    );
    const placed = answers.filter(({ status }) => status === 201);
    const replayed = placed.filter(({ headers }) => headers.get('idempotency-replayed') === 'true');
    expect(placed.length - replayed.length).toBe(1);
    expect(new Set(placed.map(({ data }) => data.id)).size).toBe(1);
    const others = answers.filter(({ status }) => status !== 201);
    for (const { status, errors } of others) {
      expect([status, errors?.[0]?.code]).toEqual([409, 'core.idempotency_key_in_flight']);
    }
    const { pagination } = await client.get('/orders/').expect(200);
    expect(pagination?.count).toBe(1);
  });

  it('is required to place an order, and the answer names the header', async () => {
    const client = await withMugInCart('keyless');
    const { error } = await client
      .post('/orders/', CHECKOUT)
      .refused(400, 'request.idempotency_key_required');
    expect(error.path).toBe('Idempotency-Key');
    expect(error.message).toContain('Idempotency-Key');
  });

  it('is 1 to 255 visible characters', async () => {
    const client = await withMugInCart('speller');
    for (const key of ['', 'with a blank', 'x'.repeat(256), 'é']) {
      const { error } = await client
        .post('/orders/', CHECKOUT, { 'Idempotency-Key': key })
        .refused(400, 'request.malformed_header');
      expect(error.path).toBe('Idempotency-Key');
    }
    await client.post('/orders/', CHECKOUT, { 'Idempotency-Key': 'x'.repeat(255) }).expect(201);
  });
});
