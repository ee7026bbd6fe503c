import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Order } from './wire.ts';

let shop: TestShop;
let admin: Client;
let ada: Client;

beforeAll(async () => {
  shop = await openTestShop();
  admin = await shop.hire('admin');
  ada = await shop.signUp('ada');
});

afterAll(() => shop.close());

async function placeOrder(wishes: object = {}): Promise<Order> {
  const mug = await stockMug(admin, { name: 'Mug <b>&</b> saucer' });
  await ada.post('/cart/add_item/', { product_id: mug.id, quantity: 2 }).expect(200);
  const body = { ...CHECKOUT, ...wishes };
  return (await ada.post<Order>('/orders/', body, newKey()).expect(201)).data;
}

it('whoever orders hears by mail what they ordered, and that it is on its way, once each', async () => {
  const order = await placeOrder({ notes: 'Look at https://evil.example' });
  const to = ada.account.user.email;
  const placed = await shop.mailbox.await(to, `Your order ${order.number}`);
  const [item] = order.items;
  expect(placed.text).toContain(`2 × Mug <b>&</b> saucer (${item?.sku}): 25.00 USD`);
  expect(placed.text).toContain('Shipping (standard): 5.99 USD');
  expect(placed.text).toContain(`Total: ${order.totals.total.amount} USD`);
  expect(placed.text).toMatch(/\n\nHello,\n/);
  expect(placed.text).not.toContain('evil');

  for (const status of ['confirmed', 'processing'])
    await admin.patch(`/orders/${order.id}/`, { status }, { 'If-Match': '*' }).expect(200);
  const parcel = {
    lines: [{ item_id: item?.id, quantity: 2 }],
    carrier: 'DHL',
    tracking_number: '00340434161094042557',
  };
  await admin.post(`/orders/${order.id}/fulfilments/`, parcel, newKey()).expect(201);
  const sent = await shop.mailbox.await(to, `Your order ${order.number} is on its way`);
  expect(sent.text).toContain('Tracking number: 00340434161094042557');
  const mails = (await shop.mailbox.all()).filter(({ subject }) => subject.includes(order.number));
  expect(mails).toHaveLength(2);
});

it('a cancellation goes to the address that the order says, without the words of anybody', async () => {
  const to = 'another@people.example';
  const order = await placeOrder({ email: to });
  await shop.mailbox.await(to, `Your order ${order.number}`);
  const reason = 'Look at https://evil.example';
  await ada.post(`/orders/${order.id}/cancel/`, { reason }).expect(200);
  const mail = await shop.mailbox.await(to, `Your order ${order.number} was cancelled`);
  expect(mail.text).not.toContain('evil');
});
