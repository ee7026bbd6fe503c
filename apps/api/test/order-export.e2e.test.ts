import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Order } from './wire.ts';

let shop: TestShop;
let staff: Client;
let ada: Client;
let hostile: Order;
let plain: Order;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  ada = await shop.signUp('ada');
  const [cup, mug] = [
    await stockMug(staff, { name: '=cmd|"/c calc"!A1' }),
    await stockMug(staff, { name: 'Mug' }),
  ];
  const order = async (notes: string) => {
    for (const { id } of [cup, mug])
      await ada.post('/cart/add_item/', { product_id: id, quantity: 2 }).expect(200);
    const sent = { ...CHECKOUT, notes };
    return (await ada.post<Order>('/orders/', sent, newKey()).expect(201)).data;
  };
  hostile = await order('@SUM(1+1)');
  plain = await order('');
});

afterAll(() => shop.close());

const exported = (client: Client, query = '') =>
  client.send('GET', `/api/v1/orders/export/${query}`, { headers: { Accept: 'text/csv' } });

describe('the export of orders', () => {
  it('is a CSV file with a row for each item, in which nothing is a formula', async () => {
    const response = await exported(staff);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="orders.csv"');
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^order_id,number,placed_at,/);
    expect(lines.filter((line) => line.includes(hostile.number))).toHaveLength(2);
    expect(lines.join()).toContain(`,"'=cmd|""/c calc""!A1",2,`);
    expect(lines.join()).toContain(`,'@SUM(1+1)`);
    expect(lines.join()).not.toMatch(/,"?[=@]/);
  });

  it('is newline-delimited JSON for those who ask for it, narrowed and ordered as the list is', async () => {
    const numbers = async (query: string) => {
      const response = await exported(staff, `?format=ndjson&${query}`);
      expect(response.status).toBe(200);
      const lines = (await response.text()).split('\n').filter((line) => line !== '');
      return lines.map((line) => (JSON.parse(line) as { number: string }).number);
    };
    const both = [plain, plain, hostile, hostile].map(({ number }) => number);
    expect(await numbers('')).toEqual(both);
    expect(await numbers('ordering=placed_at')).toEqual(both.toReversed());
    expect(await numbers(`number=${plain.number}`)).toEqual([plain.number, plain.number]);
    expect(await numbers('status=shipped')).toEqual([]);
  });

  it('is for those who may read all orders, and refuses what the list refuses', async () => {
    expect((await exported(ada)).status).toBe(403);
    expect((await exported(shop.guest)).status).toBe(401);
    for (const query of ['?format=xml', '?page=1', '?min_total=5', '?status=lost', '?number=%00'])
      expect([query, (await exported(staff, query)).status]).toEqual([query, 422]);
  });
});
