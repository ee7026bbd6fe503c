import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { anyInstant } from '../testing/instant.arbitrary.ts';
import { anyPricingInput } from '../testing/pricing-input.arbitrary.ts';
import { price } from './price.ts';
import type { PricingInput } from './pricing-input.ts';
import { canonicalQuote, quoteHash, type Quote } from './quote.value.ts';

const usd = parseCurrency('USD')._unsafeUnwrap();
const money = (minorUnits: bigint, currency = usd) =>
  Money.of(minorUnits, currency)._unsafeUnwrap();
const hashOf = (input: PricingInput) => quoteHash(price(input)._unsafeUnwrap());
const cart: PricingInput = {
  currency: usd,
  at: 0 as Instant,
  lines: [
    { id: 'b', variantId: 'tea' as VariantId, unitPrice: money(1_999n), quantity: 2 },
    { id: 'a', variantId: 'cup' as VariantId, unitPrice: money(1n), quantity: 3 },
  ],
  shipping: { method: 'standard', amount: money(599n), freeFrom: money(10_000n) },
};

/** Everything of a quote that is money, by its place. */
function amountsOf({ lines, shipping, totals }: Quote): readonly (readonly [string, Money])[] {
  const named = (place: string, part: object) =>
    Object.entries(part)
      .filter((entry): entry is [string, Money] => entry[1] instanceof Money)
      .map(([name, amount]) => [`${place}.${name}`, amount] as const);
  return [
    ...lines.flatMap((line, index) => named(`lines.${index}`, line)),
    ...(shipping === null ? [] : named('shipping', shipping)),
    ...named('totals', totals),
  ];
}

/** The same quote with one unit more at one place. */
function withOneUnitMoreAt(quote: Quote, place: string): Quote {
  const changed = <Part extends object>(path: string, part: Part): Part => ({
    ...part,
    ...Object.fromEntries(
      Object.entries(part).map(([name, value]: [string, unknown]) => [
        name,
        value instanceof Money && `${path}.${name}` === place
          ? money(value.minorUnits + 1n, value.currency)
          : value,
      ]),
    ),
  });
  return {
    ...quote,
    lines: quote.lines.map((line, index) => changed(`lines.${index}`, line)),
    shipping: quote.shipping === null ? null : changed('shipping', quote.shipping),
    totals: changed('totals', quote.totals),
  };
}

describe('the canonical text of a quote', () => {
  test('is this text, byte for byte: other programs hash it, too', () => {
    const quote = price(cart)._unsafeUnwrap();
    expect(canonicalQuote(quote)).toBe(
      '["USD",' +
        '[["a","cup",3,"1","3","0","0","3"],["b","tea",2,"1999","3998","0","0","3998"]],' +
        '["standard","599","0","0","599"],' +
        '["4001","0","599","0","4600"]]',
    );
    expect(quoteHash(quote)).toBe(
      '545dd2f70493951226b4eea231ce07109dc395c7c90672179e923d87f9ef2c8c',
    );
  });

  test('says when nothing is shipped', () => {
    expect(canonicalQuote(price({ ...cart, lines: [], shipping: null })._unsafeUnwrap())).toBe(
      '["USD",[],null,["0","0","0","0","0"]]',
    );
  });
});

describe('the hash of a quote', () => {
  test('changes with every amount in it, by one unit already', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const quote = price(input)._unsafeUnwrap();
        const places = amountsOf(quote).map(([place]) => place);
        expect(places).toHaveLength(quote.lines.length * 5 + (quote.shipping === null ? 0 : 4) + 5);
        const hashes = places.map((place) => quoteHash(withOneUnitMoreAt(quote, place)));
        expect(new Set([quoteHash(quote), ...hashes]).size).toBe(places.length + 1);
      }),
      { numRuns: 30 },
    );
  });

  test('does not change with the hour or the explanation', () => {
    fc.assert(
      fc.property(anyPricingInput(), anyInstant(), (input, at) => {
        const quote = price(input)._unsafeUnwrap();
        expect(hashOf({ ...input, at })).toBe(quoteHash(quote));
        expect(quoteHash({ ...quote, explanation: [] })).toBe(quoteHash(quote));
      }),
      { numRuns: 50 },
    );
  });

  test('does not change with a threshold that changes nothing', () => {
    const shipping = { method: 'standard', amount: money(599n), freeFrom: money(10_001n) };
    expect(hashOf({ ...cart, shipping })).toBe(hashOf(cart));
  });

  test.each([
    ['another currency', { currency: 'EUR' }],
    ['another quantity', { quantity: 4 }],
    ['another variant', { variantId: 'pot' }],
    ['another line', { id: 'c' }],
    ['another way of shipping', { method: 'express' }],
    ['no shipping', { method: null }],
  ])('changes with %s', (_title, change: Record<string, unknown>) => {
    const quote = price(cart)._unsafeUnwrap();
    const { method, currency = quote.currency, ...ofLine } = change;
    const [first, ...others] = quote.lines;
    const shipping = method === null ? null : { ...quote.shipping, ...(method ? { method } : {}) };
    const changed = { ...quote, currency, shipping, lines: [{ ...first, ...ofLine }, ...others] };
    expect(quoteHash(changed as Quote)).not.toBe(quoteHash(quote));
  });

  test('is not fooled by an id that looks like the end of one and the start of another', () => {
    const ids = ['a","tea', 'a', '\ud800', '\udc00', '\ufffd', '\\ud800', 'é', 'e\u0301'];
    const hashes = ids.map((id) =>
      hashOf({ ...cart, lines: cart.lines.slice(0, 1).map((line) => ({ ...line, id })) }),
    );
    expect(new Set(hashes).size).toBe(ids.length);
  });

  test('is SHA-256 in lower-case hexadecimal', () => {
    expect(hashOf(cart)).toMatch(/^[0-9a-f]{64}$/);
  });
});
