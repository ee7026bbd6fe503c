import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client, SignedIn } from './client.ts';
import { ADDRESS, CHECKOUT, newKey, stockMug, usd } from './goods.ts';
import { orderTokenIn } from './mailbox.ts';
import { openTestShop, PASSWORD, type TestShop } from './test-shop.ts';
import type { Cart, Order, Product } from './wire.ts';

type Changes = { changes: readonly { code: string; from: unknown; to: unknown }[] };
type PlacedOrder = Order & { order_token: string };
type Came = SignedIn & { cart_merge: { items: readonly { after: number }[] } | null };

let shop: TestShop;
let staff: Client;
let guest: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  guest = shop.guest;
});

afterAll(() => shop.close());

const withCart = (token: string) => ({ 'X-Cart-Token': token });
const withOrder = (token: string) => ({ 'X-Order-Token': token });

/** A guest’s new cart with one thing in it. */
async function openCart(product: Product, quantity = 1) {
  const wanted = { product_id: product.id, quantity };
  const { data, headers } = await guest.post<Cart>('/cart/add_item/', wanted).expect(200);
  const token = headers.get('x-cart-token') ?? expect.fail('A guest gets a token.');
  return { cart: data, token };
}

async function placeAs(email: string, product: Product): Promise<PlacedOrder> {
  const { token } = await openCart(product);
  const sent = { ...CHECKOUT, email };
  return (
    await guest.post<PlacedOrder>('/orders/', sent, { ...newKey(), ...withCart(token) }).expect(201)
  ).data;
}

async function givenCoupon(code: string) {
  const promotion = {
    name: `Once for each: ${code}`,
    effect: { type: 'percentage', percentage: '10' },
    limits: { per_customer: 1 },
  };
  await staff.post('/coupons/', { code, promotion }).expect(201);
}

describe('a guest', () => {
  it('browses, fills a cart, presents a code, orders, and follows the order by its token', async () => {
    const mug = await stockMug(staff, { name: 'Guest mug', price: '12.50', stock: 5 });
    await givenCoupon('WELCOME');
    await guest.get(`/products/${mug.slug}/`).expect(200);
    const empty = await guest.get<Cart>('/cart/').expect(200);
    expect(empty.data).toMatchObject({ id: null, items: [] });
    expect(empty.headers.get('x-cart-token')).toBeNull();

    const { token, cart } = await openCart(mug, 1);
    const mine = withCart(token);
    const [line] = cart.items;
    const more = await guest
      .patch<Cart>(`/cart/items/${line?.id}/`, { quantity: 2 }, mine)
      .expect(200);
    expect(more.headers.get('x-cart-token')).toBeNull();
    await guest.post('/cart/coupons/', { code: 'welcome' }, mine).expect(200);
    await guest.put('/cart/address/', ADDRESS, mine).expect(200);
    await guest.put('/cart/shipping/', { method: 'express' }, mine).expect(200);
    const { data: quote } = await guest.get<Cart>('/cart/quote/', mine).expect(200);
    expect(quote.totals).toMatchObject({ discount: usd('2.50'), total: usd('35.49') });

    const sent = { payment_method: 'manual', quote_hash: quote.quote_hash };
    await guest
      .post('/orders/', sent, { ...newKey(), ...mine })
      .refused(422, 'ordering.email_required');
    const key = newKey();
    const body = { ...sent, email: 'Visitor@People.example' };
    const placed = await guest.post<PlacedOrder>('/orders/', body, { ...key, ...mine }).expect(201);
    expect(placed.data).toMatchObject({ status: 'pending', email: 'visitor@people.example' });
    const again = await guest.post<PlacedOrder>('/orders/', body, { ...key, ...mine }).expect(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.data).toEqual(placed.data);
    const kept = await shop.database`
      select from core.idempotency_keys kept where strpos(kept::text, ${placed.data.order_token}) > 0
    `;
    expect(kept.count).toBe(0);

    const orderToken = placed.data.order_token;
    const path = `/orders/${placed.data.id}/`;
    const { data: read } = await guest.get<Order>(path, withOrder(orderToken)).expect(200);
    expect({ ...read, order_token: orderToken }).toEqual(placed.data);
    const { headers: seen } = await guest.get(path, withOrder(orderToken));
    expect(seen.get('etag')).toBe(placed.headers.get('etag'));
    await guest.get(path).refused(404, 'ordering.order_not_found');
    await guest.get(path, withOrder(token)).refused(404, 'ordering.order_not_found');
    const { data: after } = await guest.get<Cart>('/cart/', mine).expect(200);
    expect(after).toMatchObject({ id: null, items: [] });
    const { headers } = await guest
      .post('/cart/add_item/', { product_id: mug.id, quantity: 1 }, mine)
      .expect(200);
    expect(headers.get('x-cart-token')).not.toBe(token);
  });

  it('pays for the order and cancels it by its token', async () => {
    const mug = await stockMug(staff);
    const order = await placeAs('payer@people.example', mug);
    const token = withOrder(order.order_token);
    await guest
      .post(`/orders/${order.id}/payments/`, { method: 'test', token: 'tok_ok' }, token)
      .expect(201);
    const { data } = await guest
      .post<Order>(`/orders/${order.id}/cancel/`, { reason: 'Too late' }, token)
      .expect(200);
    expect(data.status).toBe('cancelled');
    const other = await placeAs('other@people.example', mug);
    for (const path of ['cancel', 'payments'])
      await guest
        .post(`/orders/${other.id}/${path}/`, path === 'cancel' ? {} : { method: 'test' }, token)
        .refused(404, 'ordering.order_not_found');
  });

  it('uses a code that each may use once, once an address', async () => {
    const mug = await stockMug(staff, { stock: 9 });
    await givenCoupon('ONCE');
    const order = async (email: string) => {
      const { token } = await openCart(mug);
      const sent = { ...CHECKOUT, email, coupons: ['ONCE'] };
      return guest.post<Order>('/orders/', sent, { ...newKey(), ...withCart(token) });
    };
    expect((await order('one@people.example')).status).toBe(201);
    const second = await order('ONE@people.example');
    expect([second.status, second.errors?.[0]?.code]).toEqual([
      409,
      'ordering.coupon_does_not_apply',
    ]);
    expect((await order('two@people.example')).status).toBe(201);
  });

  it('is mailed a new token, and strangers are answered alike', async () => {
    const order = await placeAs('lost@people.example', await stockMug(staff));
    const tries = [
      { number: order.number, email: 'stranger@people.example' },
      { number: 'KAS-2026-999999', email: 'lost@people.example' },
      { number: '…', email: 'lost@people.example' },
      { number: ` ${order.number.toLowerCase()} `, email: 'Lost@People.example' },
    ];
    const answers = [];
    for (const sent of tries) {
      const { status, text } = await guest.post('/orders/lookup/', sent);
      answers.push([status, text]);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(202);
    const mail = await shop.mailbox.await(
      'lost@people.example',
      `The link to your order ${order.number}`,
    );
    const token = orderTokenIn(mail);
    await guest.get(`/orders/${order.id}/`, withOrder(token)).expect(200);
    const written = (await shop.mailbox.all()).filter(({ subject }) => subject.includes('link'));
    expect(written).toHaveLength(1);
  });

  it.each(['', 'x', 'null', 'undefined', 'a'.repeat(64), 'A'.repeat(500)])(
    'with a token that is none has no cart: %j',
    async (token) => {
      const { data } = await guest.get<Cart>('/cart/', withCart(token)).expect(200);
      expect(data.id).toBeNull();
      await guest
        .delete(`/cart/items/${crypto.randomUUID()}/`, withCart(token))
        .refused(404, 'ordering.cart_item_not_found');
    },
  );

  it('is told what became of the cart', async () => {
    const mug = await stockMug(staff, { price: '10.00', stock: 3 });
    const { token } = await openCart(mug, 3);
    const [variant] = mug.variants;
    await staff.patch(`/variants/${variant?.id}/`, { price: usd('11.00') }, { 'If-Match': '*' });
    await shop.database`update catalog.prices set amount = 1100 where variant_id = ${variant?.id ?? ''}`;
    const { data } = await guest.get<Cart & Changes>('/cart/', withCart(token)).expect(200);
    expect(data.changes).toMatchObject([
      { code: 'cart.price_changed', from: usd('10.00'), to: usd('11.00') },
    ]);
  });

  it('says the currency of a cart once', async () => {
    const mug = await stockMug(staff);
    const wanted = { product_id: mug.id, quantity: 1 };
    await guest
      .post('/cart/add_item/', { ...wanted, currency: 'EUR' })
      .refused(404, 'ordering.offer_not_found');
    const { token } = await openCart(mug);
    await guest
      .post('/cart/add_item/', { ...wanted, currency: 'USD' }, withCart(token))
      .expect(200);
    await guest
      .post('/cart/add_item/', { ...wanted, currency: 'EUR' }, withCart(token))
      .refused(409, 'ordering.cart_currency_fixed');
    await guest
      .post('/cart/add_item/', { ...wanted, currency: 'usd!' }, withCart(token))
      .expect(422);
    const { data } = await guest.get<Cart>('/cart/', withCart(token)).expect(200);
    expect([data.totals.total.currency, data.item_count]).toEqual(['USD', 2]);
  });
});

describe('a guest who signs in', () => {
  it('finds what both carts held in one, once', async () => {
    const [mug, pot] = [await stockMug(staff), await stockMug(staff)];
    const ada = await shop.signUp('merging');
    await ada.post('/cart/add_item/', { product_id: mug.id, quantity: 2 }).expect(200);
    const { token } = await openCart(mug, 3);
    await guest
      .post('/cart/add_item/', { product_id: pot.id, quantity: 1 }, withCart(token))
      .expect(200);
    const credentials = { email: ada.account.user.email, password: PASSWORD };
    const { data } = await guest
      .post<Came>('/auth/login/', credentials, withCart(token))
      .expect(200);
    expect(data.cart_merge?.items.map(({ after }) => after)).toEqual([5, 1]);
    const { data: merged } = await ada.get<Cart>('/cart/').expect(200);
    expect(merged.items.map(({ quantity }) => quantity)).toEqual([5, 1]);
    const { data: gone } = await guest.get<Cart>('/cart/', withCart(token)).expect(200);
    expect(gone.id).toBeNull();

    const twice = await guest.post<Came>('/auth/login/', credentials, withCart(token)).expect(200);
    expect(twice.data.cart_merge).toBeNull();
    const { data: asked } = await ada
      .post<Cart & { merge: unknown }>('/cart/merge/', undefined, withCart(token))
      .expect(200);
    expect([asked.merge, asked.item_count]).toEqual([null, 6]);
  });

  it('brings the cart into a new account, or fetches it later', async () => {
    const mug = await stockMug(staff);
    const first = await openCart(mug, 2);
    const person = {
      email: 'newcomer@people.example',
      password: PASSWORD,
      first_name: 'New',
      last_name: 'Comer',
    };
    const { data } = await guest
      .post<Came>('/auth/register/', person, withCart(first.token))
      .expect(201);
    expect(data.cart_merge?.items.map(({ after }) => after)).toEqual([2]);
    const second = await openCart(mug, 1);
    const me = guest.as(data);
    const { data: cart } = await me
      .post<Cart & { merge: object }>('/cart/merge/', undefined, withCart(second.token))
      .expect(200);
    expect(cart).toMatchObject({ item_count: 3, merge: { items: [{ before: 2, after: 3 }] } });
  });

  it('shows no token in vain: whoever is signed in has their own cart alone', async () => {
    const mug = await stockMug(staff);
    const { token } = await openCart(mug, 2);
    const me = await shop.signUp('bearer-of-both');
    const { data } = await me.get<Cart>('/cart/', withCart(token)).expect(200);
    expect(data.id).toBeNull();
    const added = await me
      .post<Cart>('/cart/add_item/', { product_id: mug.id, quantity: 1 }, withCart(token))
      .expect(200);
    expect([added.data.item_count, added.headers.get('x-cart-token')]).toEqual([1, null]);
  });
});

it('nobody was answered with an error of the shop', () => {
  expect(shop.log.filter(({ level }) => level === 'error')).toEqual([]);
});
