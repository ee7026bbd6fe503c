import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { LARGEST_MINOR_UNITS, Money } from '../core/money.value.ts';
import { price } from './price.ts';
import type { PricingInput, PricingLine } from './pricing-input.ts';
import type { ShippingRate } from './shipping-rate.value.ts';

const usd = parseCurrency('USD')._unsafeUnwrap();
const money = (minorUnits: bigint, currency = usd) =>
  Money.of(minorUnits, currency)._unsafeUnwrap();
const euros = (minorUnits: bigint) => money(minorUnits, parseCurrency('EUR')._unsafeUnwrap());
const line = (changes: Partial<PricingLine> = {}): PricingLine => ({
  id: 'line',
  variantId: 'variant' as VariantId,
  unitPrice: money(1_999n),
  quantity: 2,
  ...changes,
});
const standard: ShippingRate = {
  method: 'standard',
  amount: money(599n),
  freeFrom: money(10_000n),
};
const cart = (changes: Partial<PricingInput> = {}): PricingInput => ({
  currency: usd,
  at: 0 as Instant,
  lines: [line()],
  shipping: standard,
  ...changes,
});
const quoteOf = (changes: Partial<PricingInput>) => price(cart(changes))._unsafeUnwrap();
const refusalOf = (changes: Partial<PricingInput>) => price(cart(changes))._unsafeUnwrapErr();

describe('shipping', () => {
  test('costs its rate, and the quote says why', () => {
    const { shipping, totals, explanation } = quoteOf({});
    expect(shipping).toMatchObject({ method: 'standard', rate: money(599n), total: money(599n) });
    expect(totals.total).toEqual(money(4_597n));
    expect(explanation[1]).toEqual({
      step: 'shipping',
      rule: 'flat_rate',
      method: 'standard',
      rate: money(599n),
      freeFrom: money(10_000n),
      goods: money(3_998n),
      amount: money(599n),
    });
  });

  test.each([
    [9_999n, 599n, 'flat_rate'],
    [10_000n, 0n, 'free_from'],
    [10_001n, 0n, 'free_from'],
  ])('for goods of %s cents costs %s: %s', (goods, cost, rule) => {
    const quote = quoteOf({ lines: [line({ unitPrice: money(goods), quantity: 1 })] });
    expect(quote.totals.shipping).toEqual(money(cost));
    expect(quote.totals.total).toEqual(money(goods + cost));
    expect(quote.explanation[1]).toMatchObject({ rule, rate: money(599n), amount: money(cost) });
  });

  test('that is never free costs its rate for a cart of any size', () => {
    const lines = [line({ quantity: 9_999 })];
    const { totals } = quoteOf({ lines, shipping: { ...standard, freeFrom: null } });
    expect(totals.shipping).toEqual(money(599n));
  });

  test('that is free from nothing on is always free', () => {
    const { totals } = quoteOf({ shipping: { ...standard, freeFrom: money(0n) } });
    expect(totals.shipping).toEqual(money(0n));
  });

  test('of nothing costs nothing', () => {
    for (const changes of [{ lines: [] }, { shipping: null }]) {
      const { shipping, totals } = quoteOf(changes);
      expect(shipping).toBeNull();
      expect(totals.shipping).toEqual(money(0n));
    }
    expect(quoteOf({ lines: [] }).totals.total).toEqual(money(0n));
  });
});

describe('what cannot be priced is refused', () => {
  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    '%d units of something',
    (quantity) => {
      expect(refusalOf({ lines: [line({ quantity })] })).toEqual({
        code: 'pricing.invalid_quantity',
        lineId: 'line',
        quantity,
      });
    },
  );

  test('two lines of one id', () => {
    expect(refusalOf({ lines: [line(), line({ id: 'other' }), line()] })).toEqual({
      code: 'pricing.duplicate_line',
      lineId: 'line',
    });
  });

  test('a price below zero', () => {
    expect(refusalOf({ lines: [line({ unitPrice: money(-1n) })] })).toEqual({
      code: 'pricing.negative_price',
      subject: 'line',
    });
    for (const shipping of [
      { ...standard, amount: money(-1n) },
      { ...standard, freeFrom: money(-1n) },
    ])
      expect(refusalOf({ shipping })).toEqual({
        code: 'pricing.negative_price',
        subject: 'standard',
      });
  });

  test('a price in another currency', () => {
    expect(refusalOf({ lines: [line({ unitPrice: euros(1n) })] })).toEqual({
      code: 'pricing.currency_mismatch',
      subject: 'line',
      expected: 'USD',
    });
    for (const shipping of [
      { ...standard, amount: euros(1n) },
      { ...standard, freeFrom: euros(1n) },
    ])
      expect(refusalOf({ shipping })).toMatchObject({
        code: 'pricing.currency_mismatch',
        subject: 'standard',
      });
  });

  test('an amount beyond 64 bits: of a line, of the goods, of the whole', () => {
    const largest = line({ unitPrice: money(LARGEST_MINOR_UNITS), quantity: 1 });
    const outOfBounds = (subject: string) => ({ code: 'pricing.amount_out_of_bounds', subject });
    expect(price(cart({ lines: [largest], shipping: null })).isOk()).toBe(true);
    expect(refusalOf({ lines: [{ ...largest, quantity: 2 }] })).toEqual(outOfBounds('line'));
    expect(refusalOf({ lines: [largest, line({ id: 'other' })] })).toEqual(outOfBounds('subtotal'));
    expect(refusalOf({ lines: [largest], shipping: { ...standard, freeFrom: null } })).toEqual(
      outOfBounds('total'),
    );
  });

  test('the fullest cart at the highest prices is not among it', () => {
    const lines = Array.from({ length: 200 }, (_, index) =>
      line({ id: `line ${index}`, unitPrice: money(10n ** 12n), quantity: 9_999 }),
    );
    expect(
      quoteOf({ lines, shipping: { ...standard, amount: money(10n ** 12n) } }).lines,
    ).toHaveLength(200);
  });
});
