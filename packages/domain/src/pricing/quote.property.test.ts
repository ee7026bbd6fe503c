import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCountry } from '../core/country.value.ts';
import { parseCurrency } from '../core/currency.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { Rate } from '../core/rate.value.ts';
import { anyPricingInput } from '../testing/pricing-input.arbitrary.ts';
import { price } from './price.ts';
import type { PricingInput } from './pricing-input.ts';
import { PromotionTerms } from './promotion-terms.value.ts';
import { canonicalQuote, quoteHash, type Quote, type QuoteContents } from './quote.value.ts';

const usd = parseCurrency('USD')._unsafeUnwrap();
const germany = parseCountry('DE')._unsafeUnwrap();
const money = (minorUnits: bigint, currency = usd) =>
  Money.of(minorUnits, currency)._unsafeUnwrap();
const percent = (text: string) => Rate.parsePercentage(text)._unsafeUnwrap();
const hashOf = (input: PricingInput) => quoteHash(price(input)._unsafeUnwrap());
const cart: PricingInput = {
  currency: usd,
  at: 0 as Instant,
  lines: [
    { id: 'b', productId: 'tea', variantId: 'tea', unitPrice: money(1_999n), quantity: 2 },
    { id: 'a', productId: 'cup', variantId: 'cup', unitPrice: money(1n), quantity: 3 },
  ],
  promotions: [
    PromotionTerms.define({
      id: 'ten-off',
      name: 'Ten percent off, shipping too',
      class: 'order',
      effects: [
        { type: 'percentage', percentage: percent('10') },
        { type: 'shipping_discount', percentage: percent('50') },
      ],
    })._unsafeUnwrap(),
  ],
  destination: { country: germany },
  tax: {
    prices: 'exclusive',
    rounding: 'per_line',
    rules: [{ id: 'vat', country: germany, rate: percent('19') }],
  },
  shipping: {
    method: 'standard',
    rates: [{ charge: { type: 'flat', amount: money(599n) }, freeFrom: money(10_000n) }],
  },
};

type Place = readonly (string | number)[];

/** Every amount that the hash covers, by its place. */
function placesOfAmounts(value: unknown, place: Place = []): readonly Place[] {
  if (value instanceof Money) return [place];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    placesOfAmounts(part, [...place, name]),
  );
}

function hashedPartOf({ lines, shipping, totals }: QuoteContents) {
  return { lines: lines.map(({ units: _units, ...line }) => line), shipping, totals };
}

/** The same quote with one unit more at one place. */
function withOneUnitMoreAt(quote: Quote, place: Place): QuoteContents {
  const changed = (value: unknown, [name, ...rest]: Place): unknown => {
    if (value instanceof Money) return money(value.minorUnits + 1n, value.currency);
    if (Array.isArray(value))
      return value.map((part: unknown, index) =>
        `${index}` === name ? changed(part, rest) : part,
      );
    const parts = value as Record<string, unknown>;
    return { ...parts, [`${name}`]: changed(parts[`${name}`], rest) };
  };
  const contents: QuoteContents = quote;
  return changed({ ...contents }, place) as QuoteContents;
}

describe('the canonical text of a quote', () => {
  test('is this text, byte for byte: other programs hash it, too', () => {
    const quote = price(cart)._unsafeUnwrap();
    expect(canonicalQuote(quote)).toBe(
      '["USD","exclusive",' +
        '[["a","cup",3,"1","3","0",[],"0","1",[["vat","1"]],"3"],' +
        '["b","tea",2,"1999","3998","400",[["ten-off","400"]],"0","684",[["vat","684"]],"3598"]],' +
        '["standard","599","300",[["ten-off","300"]],"0","57",[["vat","57"]],"299"],' +
        '["4001","400","0","299","742","4642"]]',
    );
    expect(quoteHash(quote)).toBe(
      '02632677d9bf49b9426d726dfacfa63e3d009f450aa5e0c28f8be7784bdfc96e',
    );
  });

  test('says when nothing is shipped', () => {
    const empty = { ...cart, lines: [], promotions: [], tax: undefined, shipping: null };
    expect(canonicalQuote(price(empty)._unsafeUnwrap())).toBe(
      '["USD","exclusive",[],null,["0","0","0","0","0","0"]]',
    );
  });
});

describe('the hash of a quote', () => {
  test('changes with every amount in it, by one unit already', () => {
    fc.assert(
      fc.property(anyPricingInput(), (input) => {
        const quote = price(input)._unsafeUnwrap();
        const places = placesOfAmounts(hashedPartOf(quote));
        const hashes = places.map((place) => quoteHash(withOneUnitMoreAt(quote, place)));
        expect(places.length).toBeGreaterThanOrEqual(quote.lines.length * 6 + 6);
        expect(new Set([quoteHash(quote), ...hashes]).size).toBe(places.length + 1);
      }),
      { numRuns: 30 },
    );
  });

  test('does not change with the hour or the explanation', () => {
    const timeless = anyPricingInput({ without: ['windows'] });
    fc.assert(
      fc.property(timeless, fc.constantFrom(0, 1, 1e12), (input, at) => {
        const quote: QuoteContents = price(input)._unsafeUnwrap();
        expect(hashOf({ ...input, at: at as Instant })).toBe(quoteHash(quote));
        const unexplained = { ...quote, explanation: [], rejected: [] };
        expect(quoteHash(unexplained)).toBe(quoteHash(quote));
      }),
      { numRuns: 50 },
    );
  });

  test('does not change with a threshold that changes nothing', () => {
    const rates = [
      { charge: { type: 'flat' as const, amount: money(599n) }, freeFrom: money(10_001n) },
    ];
    expect(hashOf({ ...cart, shipping: { method: 'standard', rates } })).toBe(hashOf(cart));
  });

  test.each([
    ['another currency', { currency: 'EUR' }],
    ['prices that hold the tax', { prices: 'inclusive' }],
    ['another quantity', { quantity: 4 }],
    ['another variant', { variantId: 'pot' }],
    ['another line', { id: 'c' }],
    ['another way of shipping', { method: 'express' }],
    ['no shipping', { method: null }],
  ])('changes with %s', (_title, change: Record<string, unknown>) => {
    const quote: QuoteContents = price(cart)._unsafeUnwrap();
    const { method, currency = quote.currency, prices = quote.prices, ...ofLine } = change;
    const [first, ...others] = quote.lines;
    const shipping =
      method === null ? null : { ...quote.shipping, ...(method === undefined ? {} : { method }) };
    const lines = [{ ...first, ...ofLine }, ...others];
    const changed = { ...quote, currency, prices, shipping, lines };
    expect(quoteHash(changed as QuoteContents)).not.toBe(quoteHash(quote));
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
