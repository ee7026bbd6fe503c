import { describe, expect, it } from 'vitest';

import type { FileLine } from './invoice-file.ts';
import { planReplay, type Refusal, type ReplayPlan } from './replay-plan.ts';
import { fileLine } from './testing/file-line.builder.ts';

function plan(...lines: readonly Partial<FileLine>[]): Promise<ReplayPlan> {
  return planReplay(lines.map(fileLine));
}

function cartsOf({ customers }: ReplayPlan) {
  return [...customers.values()].map(({ name, invoices }) => ({
    name,
    invoices: invoices.map(({ number, orders }) => ({
      number,
      orders: orders.map(({ quantities, subtotal }) => ({
        items: Object.fromEntries(
          [...quantities].map(([variant, quantity]) => [variant.sku, quantity]),
        ),
        subtotal,
      })),
    })),
  }));
}

describe('an invoice', () => {
  it('becomes one cart, in which the same article at the same price adds up', async () => {
    const planned = await plan(
      { code: 'MUG', price: '1.00', quantity: '2' },
      { code: 'LAMP', price: '4.95', quantity: '1' },
      { code: 'mug', price: '1.0', quantity: '3' },
    );
    expect(cartsOf(planned)).toEqual([
      {
        name: 'customer-17000',
        invoices: [{ number: '500001', orders: [{ items: { MUG: 5, LAMP: 1 }, subtotal: 995n }] }],
      },
    ]);
    expect(planned.accepted).toEqual({ lines: 3, amount: 995n });
  });

  it('follows the one before it when both are of one customer', async () => {
    const planned = await plan(
      { invoice: '500002' },
      { invoice: '500001', customer: '17001' },
      { invoice: '500003' },
      { invoice: '500002', code: 'LAMP' },
    );
    const numbers = cartsOf(planned).map(({ name, invoices }) => [
      name,
      invoices.map(({ number }) => number),
    ]);
    expect(numbers).toEqual([
      ['customer-17000', ['500002', '500003']],
      ['customer-17001', ['500001']],
    ]);
  });

  it('without a customer is a stranger of its own', async () => {
    const planned = await plan(
      { invoice: '500001', customer: '' },
      { invoice: '500002', customer: '' },
    );
    expect([...planned.customers.keys()]).toEqual(['invoice-500001', 'invoice-500002']);
  });

  it('with more than 200 different things becomes several orders', async () => {
    const lines = Array.from({ length: 401 }, (_, index) => ({
      code: `CODE${index}`,
      price: '1',
      quantity: '1',
    }));
    const planned = await plan(...lines, { code: 'CODE0', price: '1', quantity: '4' });
    const orders = cartsOf(planned)[0]?.invoices[0]?.orders ?? [];
    expect(orders.map(({ items, subtotal }) => [Object.keys(items).length, subtotal])).toEqual([
      [200, 20_400n],
      [200, 20_000n],
      [1, 100n],
    ]);
  });

  it('with more than 9,999 units of a thing in several lines becomes several orders', async () => {
    const planned = await plan(
      { code: 'MUG', quantity: '9999', price: '1' },
      { code: 'MUG', quantity: '1', price: '1' },
    );
    const orders = cartsOf(planned)[0]?.invoices[0]?.orders ?? [];
    expect(orders.map(({ items }) => items)).toEqual([{ MUG: 9_999 }, { MUG: 1 }]);
  });

  it('all of whose lines are refused is counted and ordered by nobody', async () => {
    const planned = await plan({ invoice: 'C500009', quantity: '-1' }, { invoice: '500001' });
    expect(planned.invoices.size).toBe(2);
    expect(cartsOf(planned)).toHaveLength(1);
  });

  it('has one customer and one country: a line that says otherwise is refused', async () => {
    const planned = await plan(
      {},
      { customer: '17001' },
      { country: 'France' },
      { code: 'LAMP', price: '1', quantity: '1' },
    );
    expect(planned.refused.get('contradicts_invoice')).toEqual({ lines: 2, amount: 3_060n });
    expect(planned.accepted).toEqual({ lines: 2, amount: 1_630n });
  });
});

describe('the catalogue', () => {
  it('has a variant for each further price of a code, with the units that it sells', async () => {
    const planned = await plan(
      { price: '2.55', quantity: '6' },
      { price: '2.95', quantity: '4' },
      { invoice: '500002', price: '2.55', quantity: '10' },
    );
    expect([...(planned.products.get('10001A')?.variants.values() ?? [])]).toEqual([
      { sku: '10001A', price: 255n, units: 16 },
      { sku: '10001A@2.95', price: 295n, units: 4 },
    ]);
  });

  it('takes the first name that the file gives', async () => {
    const planned = await plan(
      { description: ' ' },
      { description: 'LAMP ' },
      { description: 'X' },
    );
    expect(planned.products.get('10001A')?.name).toBe('LAMP');
  });

  it('knows returned goods, and neither postage nor what costs nothing', async () => {
    const planned = await plan(
      { code: 'DUCKS', invoice: 'C500001', quantity: '-1', price: '4.65' },
      { code: 'POST' },
      { code: 'FREE', price: '0' },
    );
    expect([...planned.products.keys()]).toEqual(['DUCKS']);
    expect(planned.products.get('DUCKS')?.variants.get(465n)?.units).toBe(0);
    expect(planned.codes.size).toBe(3);
  });

  it('refuses the 201st price of a code', async () => {
    const lines = Array.from({ length: 201 }, (_, index) => ({ price: `${index + 1}` }));
    const planned = await plan(...lines);
    expect(planned.refused.get('too_many_prices')).toEqual({ lines: 1, amount: 120_600n });
    expect(planned.accepted.lines).toBe(200);
  });
});

describe('the count', () => {
  it('loses no line: each is accepted or refused for one reason, and told', async () => {
    const told: Refusal[] = [];
    const lines = [
      { number: 2 },
      { number: 3, code: 'POST', price: '18', quantity: '3' },
      { number: 4, quantity: 'x' },
      { number: 5, code: 'POST', price: '15', quantity: '1' },
    ].map(fileLine);
    const planned = await planReplay(lines, (refusal) => told.push(refusal));
    expect(planned.lines).toBe(4);
    expect(planned.accepted.lines).toBe(1);
    expect(planned.refused).toEqual(
      new Map([
        ['postage', { lines: 2, amount: 6_900n }],
        ['malformed', { lines: 1, amount: null }],
      ]),
    );
    expect(told.map(({ line, reason }) => [line.number, reason])).toEqual([
      [3, 'postage'],
      [4, 'malformed'],
      [5, 'postage'],
    ]);
  });
});
