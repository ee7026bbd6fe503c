import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { OrderItemId, ProductId, VariantId } from '../core/ids.value.ts';
import { Order, type PlaceOrderInput } from '../ordering/order.aggregate.ts';
import { Refundable } from '../ordering/refundable.value.ts';
import { price } from '../pricing/price.ts';
import type { Quote } from '../pricing/quote.value.ts';
import { anyOrderPlacement } from './order-placement.arbitrary.ts';
import { anyPricingInput } from './pricing-input.arbitrary.ts';

const [placement] = fc.sample(anyOrderPlacement(), { numRuns: 1, seed: 42 }) as [PlaceOrderInput];
const RUNS = { numRuns: 1_000 };

const anyQuote = anyPricingInput().map((input) => price(input)._unsafeUnwrap());

/** Whoever ordered it pays what was quoted. */
function asOrder(quote: Quote): PlaceOrderInput | null {
  const { currency, prices, lines, shipping, promotions, totals } = quote;
  if (shipping === null || lines.length === 0) return null;
  const items = lines.map((line) => ({
    ...line,
    id: line.id as OrderItemId,
    productId: line.productId as ProductId,
    variantId: line.variantId as VariantId,
    sku: 'SKU',
    name: 'Something',
  }));
  return { ...placement, currency, prices, items, shipping, promotions, totals };
}

describe('a quote', () => {
  test('becomes an order as it is', () => {
    fc.assert(
      fc.property(anyQuote, (quote) => {
        const input = asOrder(quote);
        fc.pre(input !== null);
        const order = Order.place(input)._unsafeUnwrap();
        expect(order.refundable.rest.amount).toEqual(quote.totals.total);
      }),
      RUNS,
    );
  });

  test('says what may be paid back for it, with shipping or without', () => {
    fc.assert(
      fc.property(anyQuote, (quote) => {
        const { currency, prices, lines, shipping } = quote;
        const { rest } = Refundable.of({
          currency,
          prices,
          items: lines,
          shipping,
        })._unsafeUnwrap();
        expect([rest.amount, rest.tax]).toEqual([quote.totals.total, quote.totals.tax]);
      }),
      RUNS,
    );
  });
});
