import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { ADDRESS, CHECKOUT, newKey, stockMug, usd } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Money, Order, Product, Quote } from './wire.ts';

type Coupon = { id: string; code: string; promotion: { id: string; name: string } };
type Usage = { order: { id: string; number: string }; amount: Money };
type Simulation = {
  carts: readonly {
    id: string;
    number: string | null;
    charged: { total: Money } | null;
    before: { total: Money };
    after: { total: Money };
    rejected: readonly { code: string; coupon_code: string }[];
  }[];
  summary: readonly { carts: number; changed: number }[];
};

let shop: TestShop;
let staff: Client;
let mug: Product;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  mug = await stockMug(staff, { price: '10.00', stock: 500 });
});

afterAll(() => shop.close());

async function givenCode(code: string, promotion: object): Promise<Coupon> {
  const body = { code, promotion: { name: `What ${code} gives`, ...promotion } };
  return (await staff.post<Coupon>('/coupons/', body).expect(201)).data;
}

async function buyer(name: string, quantity = 3): Promise<Client> {
  const client = await shop.signUp(name);
  await client.post('/cart/add_item/', { product_id: mug.id, quantity }).expect(200);
  return client;
}

describe('from a coupon to an order', () => {
  it('staff make a code, a customer presents it, the quote explains it, and the order keeps it', async () => {
    const coupon = await givenCode('SUMMER', {
      effects: [{ type: 'percentage', percentage: '12.5' }],
      limits: { total: 100, per_customer: 1 },
    });
    const ada = await buyer('ada');
    const { data: cart } = await ada.post<Cart>('/cart/coupons/', { code: ' summer ' }).expect(200);
    expect(cart).toMatchObject({
      coupons: [{ code: 'SUMMER', applied: true, discount: usd('3.75'), reason: null }],
      totals: { subtotal: usd('30.00'), discount: usd('3.75'), total: usd('32.24') },
    });

    const { data: quote } = await ada.get<Quote>('/cart/quote/').expect(200);
    expect(quote.explanation.map(({ text, exact }) => [text, exact])).toEqual([
      ['3 at 10.00 each', '30.00'],
      ['What SUMMER gives (SUMMER) – 12.5 % off 3 units: 3.75 of 30.00', '3.75'],
      ['Shipping by standard at its flat rate', '5.99'],
      ['Goods 26.25 plus shipping 5.99', '32.24'],
    ]);

    const body = { ...CHECKOUT, quote_hash: quote.quote_hash };
    const { data: order } = await ada.post<Order>('/orders/', body, newKey()).expect(201);
    expect(order).toMatchObject({
      items: [
        {
          discounts: [{ promotion_id: coupon.promotion.id, amount: usd('3.75') }],
          units: [{ quantity: 3, total: usd('8.75') }],
          total: usd('26.25'),
        },
      ],
      promotions: [{ id: coupon.promotion.id, coupon_code: 'SUMMER', discount: usd('3.75') }],
      totals: cart.totals,
    });
    expect((await ada.get<Order>(`/orders/${order.id}/`).expect(200)).data).toEqual(order);

    const { data: usages } = await staff
      .get<readonly Usage[]>(`/coupons/${coupon.id}/usages/`)
      .expect(200);
    expect(usages).toMatchObject([
      { order: { id: order.id, number: order.number }, amount: usd('3.75') },
    ]);

    await ada.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
    await ada
      .post('/cart/coupons/', { code: 'SUMMER' })
      .refused(422, 'coupon.customer_limit_reached');
  });

  it('one order under one key counts one use', async () => {
    const { id } = await givenCode('ONCE', { effect: { type: 'free_shipping' } });
    const client = await buyer('twice');
    await client.post('/cart/coupons/', { code: 'ONCE' }).expect(200);
    const key = newKey();
    const { data: first } = await client.post<Order>('/orders/', CHECKOUT, key).expect(201);
    const { data: again } = await client.post<Order>('/orders/', CHECKOUT, key).expect(201);
    expect(again).toEqual(first);
    const { data: usages } = await staff
      .get<readonly Usage[]>(`/coupons/${id}/usages/`)
      .expect(200);
    expect(usages).toHaveLength(1);
  });

  it('a code that is over stops the order, and is never dropped in silence', async () => {
    const { promotion } = await givenCode('FLASH', {
      effects: [{ type: 'fixed_amount', amount: usd('5.00'), spread: 'across' }],
    });
    const client = await buyer('late');
    await client.post('/cart/coupons/', { code: 'FLASH' }).expect(200);
    const { headers } = await staff.get(`/promotions/${promotion.id}/`).expect(200);
    await staff
      .patch(
        `/promotions/${promotion.id}/`,
        { active: false },
        { 'If-Match': headers.get('etag') ?? '' },
      )
      .expect(200);

    const { data: cart } = await client.get<Cart>('/cart/').expect(200);
    expect(cart.coupons).toMatchObject([
      { code: 'FLASH', applied: false, reason: 'coupon.inactive' },
    ]);
    const { error } = await client
      .post('/orders/', CHECKOUT, newKey())
      .refused(409, 'ordering.coupon_does_not_apply');
    expect(error.detail).toMatchObject({ coupons: [{ reason: 'coupon.inactive' }] });
    await client.delete('/cart/coupons/flash/').expect(200);
    await client.delete('/cart/coupons/flash/').refused(404, 'ordering.coupon_not_in_cart');
    const { data: order } = await client.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
    expect(order.totals.discount).toEqual(usd('0.00'));
  });
});

describe('many who present one code at once', () => {
  it('as many as it is for get it, and the others order nothing', async () => {
    const { id } = await givenCode('RARE', {
      effects: [{ type: 'percentage', percentage: '50' }],
      limits: { total: 3 },
    });
    const clients = await Promise.all(
      Array.from({ length: 12 }, (_, index) => buyer(`rare-${index}`)),
    );
    for (const client of clients) await client.post('/cart/coupons/', { code: 'RARE' }).expect(200);
    const answers = await Promise.all(
      clients.map((client) => client.post<Order>('/orders/', CHECKOUT, newKey())),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 3 }, () => 201),
      ...Array.from({ length: 9 }, () => 409),
    ]);
    const { pagination } = await staff.get(`/coupons/${id}/usages/`).expect(200);
    expect(pagination?.count).toBe(3);
  });
});

describe('a cart that knows where it goes', () => {
  it('is priced for that place, and ordered with its address and its codes', async () => {
    const { promotion } = await givenCode('FRANCE', {
      effects: [{ type: 'percentage', percentage: '10' }],
      conditions: { shipping_countries: ['FR'] },
    });
    const client = await buyer('traveller');
    const { data: cart } = await client.get<Cart>('/cart/').expect(200);
    expect(cart).toMatchObject({ shipping_address: null, estimated: true });
    await client
      .post('/cart/coupons/', { code: 'FRANCE' })
      .refused(422, 'coupon.not_for_destination');
    await client
      .post('/orders/', { payment_method: 'manual' }, newKey())
      .refused(422, 'ordering.shipping_address_required');
    const paris = { ...ADDRESS, city: 'Paris', postal_code: '75001', country: 'FR' };
    const { headers } = await client.put('/cart/address/', paris).expect(200);
    await client.put('/cart/shipping/', { method: 'express' }).expect(200);
    await client
      .put('/cart/address/', paris, { 'If-Match': headers.get('etag') ?? '' })
      .expect(412);
    const { data: shown } = await client
      .post<Cart>('/cart/coupons/', { code: 'FRANCE' })
      .expect(200);
    expect(shown).toMatchObject({ shipping_address: { city: 'Paris' }, estimated: false });
    const { data: order } = await client
      .post<Order>('/orders/', { payment_method: 'manual', quote_hash: shown.quote_hash }, newKey())
      .expect(201);
    expect(order).toMatchObject({
      shipping_address: { city: 'Paris' },
      promotions: [{ id: promotion.id }],
      totals: shown.totals,
    });
  });

  it('is ordered with the codes that the order states, and none where it states none', async () => {
    await givenCode('KEPT', { effect: { type: 'percentage', percentage: '10' } });
    const client = await buyer('decided');
    await client.post('/cart/coupons/', { code: 'KEPT' }).expect(200);
    const { data: order } = await client
      .post<Order>('/orders/', { ...CHECKOUT, coupons: [] }, newKey())
      .expect(201);
    expect(order.totals.discount).toEqual(usd('0.00'));
  });
});

describe('a question under a key', () => {
  it('is answered once; the same key with another body is refused', async () => {
    await givenCode('ASKED', { effect: { type: 'percentage', percentage: '10' } });
    const client = await buyer('forgetful');
    const promotion = { name: 'Half', effect: { type: 'percentage', percentage: '50' } };
    const questions = [
      [client, '/coupons/validate/', { code: 'ASKED' }, { code: 'OTHER' }],
      [
        staff,
        '/promotions/simulate/',
        { promotion, last_orders: 5 },
        { promotion, last_orders: 6 },
      ],
    ] as const;
    for (const [asker, path, body, other] of questions) {
      const key = newKey();
      const first = await asker.post(path, body, key).expect(200);
      await client.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
      const again = await asker.post(path, body, key).expect(200);
      expect(again.text).toBe(first.text);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      await asker.post(path, other, key).refused(422, 'core.idempotency_key_reused');
    }
  });
});

describe('before anything is decided', () => {
  it('a customer asks what a code would do, and staff what a promotion would', async () => {
    await givenCode('MAYBE', {
      effects: [{ type: 'percentage', percentage: '10' }],
      conditions: { minimum_subtotal: usd('50.00') },
    });
    const client = await buyer('curious');
    const { data: answer } = await client.post('/coupons/validate/', { code: 'MAYBE' }).expect(200);
    expect(answer).toMatchObject({
      valid: false,
      reason: 'coupon.below_minimum',
      promotion: null,
      message: 'Code MAYBE needs goods for 50.00, this cart has 30.00.',
    });
    const { data: cart } = await client.get<Cart>('/cart/').expect(200);
    expect(cart).toMatchObject({ version: 1, coupons: [] });

    const promotion = { name: 'Half', effect: { type: 'percentage', percentage: '50' } };
    const { data: onCart } = await staff
      .post<Simulation>('/promotions/simulate/', { promotion, cart_id: cart.id })
      .expect(200);
    expect(onCart.carts).toMatchObject([
      { id: cart.id, before: { total: usd('35.99') }, after: { total: usd('20.99') } },
    ]);
    const { data: onOrders } = await staff
      .post<Simulation>('/promotions/simulate/', { promotion, last_orders: 200 })
      .expect(200);
    expect(onOrders.summary[0]?.carts).toBeGreaterThan(0);
    expect(onOrders.carts.every(({ charged }) => charged !== null)).toBe(true);
    expect((await client.get<Cart>('/cart/').expect(200)).data).toEqual(cart);
    await client
      .post('/promotions/simulate/', { promotion, last_orders: 1 })
      .refused(403, 'request.not_allowed');
  });
});
