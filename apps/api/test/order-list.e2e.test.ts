import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Order } from './wire.ts';

let shop: TestShop;
let staff: Client;
let ada: Client;
type PlacedOrder = Order & { readonly placed_at: string };

let small: PlacedOrder;
let large: PlacedOrder;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  const mug = await stockMug(staff, { stock: 100 });
  const order = async (client: Client, quantity: number, email?: string) => {
    await client.post('/cart/add_item/', { product_id: mug.id, quantity }).expect(200);
    const body = email === undefined ? CHECKOUT : { ...CHECKOUT, email };
    return (await client.post<PlacedOrder>('/orders/', body, newKey()).expect(201)).data;
  };
  ada = await shop.signUp('ada');
  small = await order(ada, 1, 'office@people.example');
  large = await order(ada, 5);
  await order(await shop.signUp('ben'), 2);
});
afterAll(() => shop.close());

const numbersOf = async (client: Client, query: string) => {
  const { data, pagination } = await client.get<readonly Order[]>(`/orders/?${query}`).expect(200);
  expect(pagination?.count).toBe(data.length);
  return data.map(({ number }) => number);
};

describe('the list of orders', () => {
  it('is narrowed and put in order', async () => {
    const both = [large.number, small.number];
    const filters: readonly (readonly [query: string, expected: readonly string[]])[] = [
      ['', both],
      ['ordering=placed_at', both.toReversed()],
      ['ordering=total', both.toReversed()],
      ['ordering=-total', both],
      ['status=pending', both],
      ['status=shipped', []],
      ['payment_status=pending', both],
      ['payment_status=paid', []],
      ['fulfilment_status=unfulfilled', both],
      ['fulfilment_status=returned', []],
      [`number=${small.number.toLowerCase()}`, [small.number]],
      ['email=Office@People.Example', [small.number]],
      [`placed_after=${large.placed_at}`, [large.number]],
      [`placed_before=${large.placed_at}`, [small.number]],
      [`currency=USD&min_total=${large.totals.total.amount}`, [large.number]],
      ['currency=USD&max_total=18.489', []],
      [`currency=USD&max_total=${small.totals.total.amount}9`, [small.number]],
      ['currency=EUR', []],
    ];
    for (const [query, expected] of filters)
      expect([query, await numbersOf(ada, query)]).toEqual([query, expected]);
  });

  it('is read on by its cursor, in every ordering', async () => {
    for (const ordering of ['placed_at', '-placed_at', 'total', '-total']) {
      const query = `ordering=${ordering}`;
      const { data: all } = await staff.get<readonly Order[]>(`/orders/?${query}`).expect(200);
      const read: string[] = [];
      let next = `?${query}&page_size=2&cursor=`;
      while (next !== '') {
        const part = await staff.get<readonly Order[]>(`/orders/${next}`).expect(200);
        expect(part.pagination).toMatchObject({ count: null, previous: null });
        read.push(...part.data.map(({ number }) => number));
        next = part.pagination?.next === null ? '' : new URL(part.pagination?.next ?? '').search;
      }
      expect(read).toEqual(all.map(({ number }) => number));
      expect(read).toHaveLength(3);
    }
    const { pagination } = await staff.get('/orders/?page_size=1&cursor=').expect(200);
    const other = `${new URL(pagination?.next ?? '').search}&ordering=total`;
    expect((await staff.get(`/orders/${other}`)).errors?.[0]?.path).toBe('cursor');
  });

  it('shows staff whose orders they ask for, and a customer never anybody else’s', async () => {
    const customer = `customer=${ada.account.user.id}`;
    expect(await numbersOf(staff, customer)).toEqual([large.number, small.number]);
    expect(await numbersOf(staff, `email=${ada.account.user.email}`)).toHaveLength(2);
    expect(await numbersOf(staff, '')).toHaveLength(3);
    const ben = await shop.signUp('curious');
    expect(await numbersOf(ben, customer)).toEqual([]);
    expect(await numbersOf(ben, `number=${small.number}`)).toEqual([]);
  });

  it.each([
    ['status=lost', 'status'],
    ['customer=me', 'customer'],
    ['email=nobody', 'email'],
    ['placed_after=yesterday', 'placed_after'],
    ['currency=XXL', 'currency'],
    ['min_total=5', 'currency'],
    ['min_total=-5&currency=USD', 'min_total'],
    ['max_total=1e30&currency=USD', 'max_total'],
    ['ordering=email', 'ordering'],
    ['payment_status=lost', 'payment_status'],
    ['fulfilment_status=lost', 'fulfilment_status'],
    ['cursor=lost', 'cursor'],
    ['cursor=&page=2', 'cursor'],
    ['number=%00', 'number'],
  ])('refuses %s', async (query, path) => {
    const { status, errors } = await staff.get(`/orders/?${query}`);
    expect([status, errors?.[0]?.path]).toEqual([422, path]);
  });
});
