import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Order, Product } from './wire.ts';

let shop: TestShop;
let mug: Product;

beforeAll(async () => {
  shop = await openTestShop();
  mug = await stockMug(await shop.hire('staff'), { stock: 100 });
});

afterAll(() => shop.close());

async function buyer(name: string): Promise<Client> {
  const client = await shop.signUp(name);
  await client.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
  return client;
}

describe('the address to write to about an order', () => {
  it('is kept with the order in its normal form, and shown', async () => {
    const client = await buyer('with-office');
    const body = { ...CHECKOUT, email: ' Office@People.Example ' };
    const { data: order } = await client.post<Order>('/orders/', body, newKey()).expect(201);
    expect(order.email).toBe('office@people.example');
    const { data: read } = await client.get<Order>(`/orders/${order.id}/`).expect(200);
    expect(read.email).toBe('office@people.example');
    const { data: list } = await client.get<readonly Order[]>('/orders/').expect(200);
    expect(list.map(({ email }) => email)).toEqual(['office@people.example']);
  });

  it('is nothing when it was not given', async () => {
    for (const [name, body] of [
      ['silent', CHECKOUT],
      ['null', { ...CHECKOUT, email: null }],
    ] as const) {
      const client = await buyer(name);
      const { data: order } = await client.post<Order>('/orders/', body, newKey()).expect(201);
      expect(order.email).toBeNull();
    }
  });

  it('is refused when it is none, and nothing is ordered', async () => {
    const client = await buyer('nonsense');
    const { error } = await client
      .post('/orders/', { ...CHECKOUT, email: 'at the office' }, newKey())
      .refused(422, 'identity.invalid_email');
    expect(error.path).toBe('email');
    expect((await client.get('/orders/').expect(200)).pagination?.count).toBe(0);
  });
});

describe('a way of shipping that the shop does not have', () => {
  it('is refused under the name by which it was asked for', async () => {
    const client = await buyer('pigeons');
    const onCart = await client
      .put('/cart/shipping/', { method: 'pigeon' })
      .refused(422, 'ordering.unknown_shipping_method');
    expect(onCart.error.path).toBe('method');
    const onOrder = await client
      .post('/orders/', { ...CHECKOUT, shipping_method: 'pigeon' }, newKey())
      .refused(422, 'ordering.unknown_shipping_method');
    expect(onOrder.error.path).toBe('shipping_method');
    expect(onOrder.error.detail).toEqual({
      methods: ['standard', 'express', 'overnight', 'international'],
    });
  });

  it('does not keep a cart that chose it before from being seen', async () => {
    const client = await buyer('patient');
    const { data: cart } = await client.get<Cart>('/cart/').expect(200);
    await shop.database`update ordering.carts set shipping_method = 'pigeon' where id = ${cart.id}`;
    const { data: seen } = await client.get<Cart>('/cart/').expect(200);
    expect(seen).toMatchObject({ shipping_method: 'standard', estimated: true });
    await client.get('/cart/quote/').expect(200);
  });
});
