import { describe, expect, it } from 'vitest';

import type { OrderView } from '@kastoma/application/ordering';
import {
  anOrderOf,
  givenCart,
  givenCustomer,
  givenVariant,
  inMemoryShop,
  SHOP,
} from '@kastoma/application/testing';

import { csvOfOrder, ndjsonOfOrder, ORDER_CSV_HEADER } from './order-export.presenter.ts';

async function anOrder(): Promise<OrderView> {
  const shop = inMemoryShop();
  const customerId = await givenCustomer(shop);
  const cart = await givenCart(shop, customerId, [
    { ...(await givenVariant(shop)), quantity: 3 },
    { ...(await givenVariant(shop)), quantity: 1 },
  ]);
  const order = anOrderOf(cart, { reduced: true, email: 'ada@people.example' });
  const stored = await shop.ordering.run(SHOP, ({ orders }) => orders.add(order));
  expect(stored.isOk()).toBe(true);
  return (await shop.orderQueries.find(order.state.id, null))._unsafeUnwrap();
}

const named = (order: OrderView, name: string): OrderView => ({
  ...order,
  items: order.items.slice(0, 1).map((item) => ({ ...item, name, sku: name })),
  notes: name,
});

function rowsOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('an exported order', () => {
  it('is a row for each item, with all of the order in each', async () => {
    const order = await anOrder();
    const rows = rowsOf(ndjsonOfOrder(order));
    expect(rows.map(({ item_id: id }) => id)).toEqual(order.items.map(({ id }) => id));
    expect(rows.map(({ quantity, subtotal }) => [quantity, subtotal])).toEqual([
      [3, '30.00'],
      [1, '10.00'],
    ]);
    for (const row of rows)
      expect(row).toMatchObject({
        order_id: order.id,
        number: order.number,
        status: 'pending',
        payment_status: 'pending',
        fulfilment_status: 'unfulfilled',
        cancel_reason: null,
        email: 'ada@people.example',
        coupon_codes: 'TEA',
        order_total: order.totals.total.toDecimal(),
        shipping_city: order.shippingAddress.city,
        billing_line2: 'Floor 3',
        notes: null,
      });
    const header = ORDER_CSV_HEADER.trimEnd().split(',');
    expect(header).toEqual(Object.keys(rows[0] ?? {}));
    expect(csvOfOrder(order).split('\r\n')).toHaveLength(3);
  });

  it.each(['=cmd|"/c calc"!A1', '+SUM(1)', '-SUM(1)', '@sum(A1)', '\t=1', '\r=1', "'=1"])(
    'holds no formula that a spreadsheet would run: %j',
    async (hostile) => {
      const line = csvOfOrder(named(await anOrder(), hostile));
      const cell = `'${hostile.replaceAll('"', '""')}`;
      expect(line.split(cell).length).toBe(4);
      expect(line).not.toMatch(/(?:^|,)"?[=@\t\r](?!\n)/);
      const [row] = rowsOf(ndjsonOfOrder(named(await anOrder(), hostile)));
      expect(row).toMatchObject({ name: hostile, sku: hostile, notes: hostile });
    },
  );

  it('keeps quotes, commas and lines of a name in its cell', async () => {
    const line = csvOfOrder(named(await anOrder(), 'Two\nlines, and a "quote"'));
    expect(line).toContain(',"Two\nlines, and a ""quote""",');
  });
});
