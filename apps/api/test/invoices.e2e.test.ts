import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Order, Product } from './wire.ts';

type PlacedOrder = Order & { readonly order_token: string };

let shop: TestShop;
let staff: Client;
let ada: Client;
let mug: Product;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  ada = await shop.signUp('ada');
  mug = await stockMug(staff, { name: 'Mug <script>alert(1)</script>', stock: 100 });
});

afterAll(() => shop.close());

async function order(): Promise<Order> {
  await ada.post('/cart/add_item/', { product_id: mug.id, quantity: 2 }).expect(200);
  return (await ada.post<Order>('/orders/', CHECKOUT, newKey()).expect(201)).data;
}

async function orderAsGuest(): Promise<PlacedOrder> {
  const wanted = { product_id: mug.id, quantity: 1 };
  const { headers } = await shop.guest.post<Cart>('/cart/add_item/', wanted).expect(200);
  const token = { 'X-Cart-Token': headers.get('x-cart-token') ?? '' };
  const sent = { ...CHECKOUT, email: 'guest@people.example' };
  const placed = shop.guest.post<PlacedOrder>('/orders/', sent, { ...newKey(), ...token });
  return (await placed.expect(201)).data;
}

const ask = (client: Client, { id }: Pick<Order, 'id'>, headers: Record<string, string> = {}) =>
  client.send('GET', `/api/v1/orders/${id}/invoice/`, { headers });

describe('the invoice of an order', () => {
  it('is a page for whoever ordered and for staff, and for nobody else', async () => {
    const placed = await order();
    const ben = await shop.signUp('ben');
    for (const client of [ada, staff]) {
      const response = await ask(client, placed, { Accept: 'text/html' });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-disposition')).toBe(
        `inline; filename="${placed.number}.html"`,
      );
      const policy = response.headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none';.*style-src 'sha256-[\w+/=]+'$/);
      const page = await response.text();
      expect(page).toContain(`Invoice ${placed.number}`);
      expect(page).toContain(`<td>${placed.totals.total.amount} USD</td>`);
      expect(page).toContain('Mug &lt;script&gt;alert(1)&lt;/script&gt;');
      expect(page).not.toContain('<script');
    }
    for (const client of [ben, shop.guest]) expect((await ask(client, placed)).status).toBe(404);
    const nowhere = await ask(ada, { id: 'invoice' });
    expect(nowhere.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(nowhere.status).toBe(404);
  });

  it('is opened to a guest by the token of this very order', async () => {
    const [mine, other] = [await orderAsGuest(), await orderAsGuest()];
    const token = { 'X-Order-Token': mine.order_token };
    expect((await ask(shop.guest, mine, token)).status).toBe(200);
    expect((await ask(shop.guest, other, token)).status).toBe(404);
  });

  it('tells what was paid, paid back, and that the order was cancelled', async () => {
    const placed = await order();
    const capture = `/orders/${placed.id}/payments/${placed.payments[0]?.id}/capture/`;
    await staff.post(capture, {}, newKey()).expect(200);
    const back = { amount: { amount: '5.00', currency: 'USD' }, reason: 'A scratch' };
    await staff.post(`/orders/${placed.id}/refunds/`, back, newKey()).expect(201);
    const page = await (await ask(ada, placed)).text();
    expect(page).toContain('<caption>Payments</caption>');
    expect(page).toMatch(/<caption>Refunds<\/caption>[^]*<td>5\.00<\/td>/);
    expect(page).toContain(`Received</th><td>${placed.totals.total.amount} USD</td>`);
    expect(page).not.toContain('A scratch');

    const given = await order();
    await ada.post(`/orders/${given.id}/cancel/`, { reason: 'Ordered twice' }).expect(200);
    const cancelled = await (await ask(ada, given)).text();
    expect(cancelled).toContain('This order was cancelled.');
    expect(cancelled).not.toContain('Ordered twice');
  });
});
