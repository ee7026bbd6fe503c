import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import type { OrderView } from '@kastoma/application/ordering';
import {
  dollars,
  givenCart,
  givenCustomer,
  givenVariant,
  inMemoryShop,
  SHOP,
  anOrderOf,
} from '@kastoma/application/testing';
import { Address, type RefundId, type Instant } from '@kastoma/domain/core';
import { PAYMENT_STATUSES } from '@kastoma/domain/ordering';

import { INVOICE_POLICY, invoicePage } from './invoice.page.ts';

async function anOrder(reduced: boolean): Promise<OrderView> {
  const shop = inMemoryShop();
  const customerId = await givenCustomer(shop);
  const cart = await givenCart(shop, customerId, [
    { ...(await givenVariant(shop)), quantity: 3 },
    { ...(await givenVariant(shop)), quantity: 1 },
  ]);
  const order = anOrderOf(cart, { reduced, email: 'ada@people.example' });
  const stored = await shop.ordering.run(SHOP, ({ orders }) => orders.add(order));
  expect(stored.isOk()).toBe(true);
  return (await shop.orderQueries.find(order.state.id, null))._unsafeUnwrap();
}

/** The cells of a table, by its caption. */
function tableOf(page: string, caption: string): readonly (readonly string[])[] {
  const table = new RegExp(`<caption>${caption}</caption>.*?<tbody>(.*?)</tbody>`, 's').exec(page);
  return [...(table?.[1] ?? '').matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell = '']) => cell),
  );
}

function totalsOf(page: string): Readonly<Record<string, string>> {
  const rows = page.matchAll(/<th scope="row">(.*?)<\/th><td>(.*?) USD<\/td>/g);
  return Object.fromEntries([...rows].map(([, name = '', amount = '']) => [name, amount]));
}

const cents = (text: string) => Math.round(Number(text) * 100);

describe('an invoice', () => {
  it('names each item with its price, and adds up to the order', async () => {
    const order = await anOrder(true);
    const page = invoicePage(order);
    const rows = tableOf(page, 'Items');
    expect(rows.map(([name, units]) => [name, units])).toEqual([
      ['Something for ten (SKU-10)', '3'],
      ['Something for ten (SKU-10)', '1'],
      ['Shipping (standard)', '1'],
    ]);
    for (const [, units, unit, price, discount, relief, total] of rows as string[][]) {
      expect(cents(price ?? '')).toBe(Number(units) * cents(unit ?? ''));
      expect(cents(price ?? '') - cents(discount ?? '') - cents(relief ?? '')).toBe(
        cents(total ?? ''),
      );
    }
    const totals = totalsOf(page);
    const column = (place: number) => rows.reduce((sum, row) => sum + cents(row[place] ?? ''), 0);
    expect(column(6) + column(7)).toBe(cents(totals['Total'] ?? ''));
    const parts = ['Goods', 'Discount', 'Tax relief', 'Shipping', 'Tax'];
    expect(parts.reduce((sum, name) => sum + cents(totals[name] ?? ''), 0)).toBe(
      cents(order.totals.total.toDecimal()),
    );
    expect(totals['Total']).toBe(order.totals.total.toDecimal());
    expect(tableOf(page, 'Discounts')).toEqual([['Tea week', 'TEA', '2.02', '1.01']]);
  });

  it('says whether the tax is part of the total, and leaves out what is nothing', async () => {
    const order = await anOrder(false);
    const inclusive = invoicePage({ ...order, prices: 'inclusive' });
    expect(inclusive).toContain('Prices and totals contain the tax.');
    expect(Object.keys(totalsOf(inclusive))).toEqual([
      'Goods',
      'Shipping',
      'Total',
      'Tax, contained in the total',
    ]);
    expect(invoicePage(order)).toContain('Tax comes on top of totals.');
    for (const caption of ['Discounts', 'Payments', 'Refunds'])
      expect(inclusive).not.toContain(caption);
  });

  it('shows number, date, addresses, and the money that came and went back', async () => {
    const order = await anOrder(false);
    const payment = {
      id: 'one',
      method: 'stripe',
      status: PAYMENT_STATUSES[3],
      amount: dollars('45.99'),
      captured: dollars('45.99'),
      refunded: dollars('10.00'),
      reference: 'pi_secret',
      declineReason: 'card_declined',
      clientSecret: null,
      createdAt: order.placedAt,
    };
    const refund = {
      id: 'a refund' as RefundId,
      reason: 'only for staff',
      at: (order.placedAt + 86_400_000) as Instant,
      amount: dollars('10.00'),
      tax: dollars('0.00'),
      lines: [],
      shipping: null,
    };
    const page = invoicePage({ ...order, payments: [payment], refunds: [refund] });
    const [day, next] = [order.placedAt, refund.at].map((at) => new Date(at).toISOString());
    expect(page).toContain(`<h1>Invoice ${order.number}</h1>`);
    expect(page).toContain(`Ordered on ${day?.slice(0, 10)}.`);
    expect(page).toMatch(/Bill to<\/h2>Ada’s company<br>.*<br>Floor 3<br>.*ada@people\.example/);
    expect(page).toContain(`Ship to</h2>${order.shippingAddress.name}<br>`);
    expect(tableOf(page, 'Payments')).toEqual([
      ['stripe', day?.slice(0, 10), 'partially refunded', '45.99', '45.99', '10.00'],
    ]);
    expect(tableOf(page, 'Refunds')).toEqual([[next?.slice(0, 10), '10.00', '0.00']]);
    expect(totalsOf(page)).toMatchObject({ Received: '45.99', 'Paid back': '10.00' });
    for (const secret of ['pi_secret', 'card_declined', 'only for staff'])
      expect(page).not.toContain(secret);
  });

  it('of a cancelled order says so, and not in anybody’s words', async () => {
    const order = await anOrder(false);
    expect(invoicePage(order)).not.toContain('ancelled.</strong>');
    const page = invoicePage({ ...order, status: 'cancelled', cancelReason: 'Pay me instead' });
    expect(page).toContain('This order was cancelled.');
    expect(page).not.toContain('Pay me');
  });

  it('runs and draws nothing that somebody typed', async () => {
    const hostile = `</td><script>alert("1")</script>'&\u202e\n`;
    const shown = `&lt;/td&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp; `;
    const order = await anOrder(true);
    const address = Address.restore({ ...order.shippingAddress.toJSON(), name: hostile });
    const [item] = order.items;
    const page = invoicePage({
      ...order,
      items: item === undefined ? [] : [{ ...item, name: hostile, sku: hostile }],
      promotions: order.promotions.map((one) => ({ ...one, name: hostile, couponCode: hostile })),
      shippingAddress: address,
      billingAddress: address,
      email: hostile,
    });
    expect(page).not.toMatch(/<script|\u202e/);
    expect(page.split(shown)).toHaveLength(8);
  });

  it('has its own style alone, and no script', async () => {
    const page = invoicePage(await anOrder(false));
    const [, style = ''] = /<style>(.*?)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(INVOICE_POLICY).toContain(`style-src 'sha256-${hash}'`);
    expect(INVOICE_POLICY).toContain("default-src 'none'");
    expect(INVOICE_POLICY).not.toContain('script-src');
    expect(style).toContain('@page{');
    expect(page).toContain('<html lang="en">');
    expect(page).not.toMatch(/ style="|https?:/);
  });
});
