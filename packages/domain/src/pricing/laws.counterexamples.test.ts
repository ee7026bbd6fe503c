import { describe, expect, test } from 'vitest';

import { parseCountry } from '../core/country.value.ts';
import { parseCurrency } from '../core/currency.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { Rate } from '../core/rate.value.ts';
import { price } from './price.ts';
import type { PricingInput } from './pricing-input.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import { PromotionTerms } from './promotion-terms.value.ts';
import type { TaxPolicy } from './tax.value.ts';

const usd = parseCurrency('USD')._unsafeUnwrap();
const cents = (minorUnits: bigint) => Money.of(minorUnits, usd)._unsafeUnwrap();
const promotion = (draft: Omit<PromotionDraft, 'name'>) =>
  PromotionTerms.define({ name: draft.id, ...draft })._unsafeUnwrap();
const percentage = (text: string, productId?: string) => ({
  type: 'percentage' as const,
  percentage: Rate.parsePercentage(text)._unsafeUnwrap(),
  ...(productId === undefined ? {} : { target: { productIds: [productId] } }),
});
const cartOf = (prices: Readonly<Record<string, bigint>>): PricingInput => ({
  currency: usd,
  at: 0 as Instant,
  lines: Object.entries(prices).map(([name, unitPrice]) => ({
    id: name,
    productId: name,
    variantId: name,
    unitPrice: cents(unitPrice),
    quantity: 1,
  })),
  shipping: null,
});
const totalOf = (cart: PricingInput, ...promotions: readonly PromotionTerms[]) =>
  price({ ...cart, promotions })._unsafeUnwrap().totals.total.minorUnits;

// Where a law that sounds right is not one: docs/laws.md tells of each of these carts, and of the law that holds.
describe('one more promotion makes a cart dearer', () => {
  test('by a cent, where those after it share out a smaller discount otherwise', () => {
    const cart = cartOf({ a: 1n, b: 8n });
    const onAll = promotion({ id: 'on-all', class: 'line', effects: [percentage('17')] });
    const onA = promotion({ id: 'then-on-a', class: 'line', effects: [percentage('88', 'a')] });
    const before = promotion({
      id: 'free-a',
      class: 'line',
      effects: [percentage('100', 'a')],
      priority: 1,
    });
    expect(totalOf(cart, onAll, onA)).toBe(6n);
    expect(totalOf(cart, onAll, onA, before)).toBe(7n);
  });

  test('and does so as well where it is the last of its class, and the order has promotions for some lines', () => {
    const cart = cartOf({ a: 1n, b: 8n });
    const onAll = promotion({ id: 'on-all', class: 'order', effects: [percentage('17')] });
    const onA = promotion({ id: 'then-on-a', class: 'order', effects: [percentage('88', 'a')] });
    const last = promotion({ id: 'free-a', class: 'line', effects: [percentage('100', 'a')] });
    expect(totalOf(cart, onAll, onA)).toBe(6n);
    expect(totalOf(cart, onAll, onA, last)).toBe(7n);
  });

  test('by a free unit, where two later promotions give units away, and the cheapest is one that costs nothing by now', () => {
    const cart = cartOf({ a: 1n, b: 1n, gift: 1n, card: 1n });
    const free = (...productIds: readonly string[]) => ({
      type: 'buy_x_get_y' as const,
      buy: 1,
      get: 1,
      percentage: Rate.parsePercentage('100')._unsafeUnwrap(),
      ...(productIds.length === 0 ? {} : { target: { productIds } }),
    });
    const twice = promotion({
      id: 'one-for-one',
      class: 'line',
      effects: [free(), free('gift', 'card')],
    });
    const last = promotion({
      id: 'gifts-for-nothing',
      class: 'line',
      effects: [percentage('100', 'gift'), percentage('100', 'card')],
    });
    expect(totalOf(cart, twice)).toBe(1n);
    expect(totalOf(cart, twice, last)).toBe(2n);
  });

  test('by the price of shipping, where the goods no longer come to what ships them for nothing', () => {
    const cart: PricingInput = {
      ...cartOf({ a: 5_000n }),
      shipping: {
        method: 'standard',
        rates: [{ charge: { type: 'flat', amount: cents(599n) }, freeFrom: cents(5_000n) }],
      },
    };
    const oneCent = promotion({
      id: 'a-cent-off',
      class: 'order',
      effects: [{ type: 'fixed_amount', amount: cents(1n), spread: 'across' }],
    });
    expect(totalOf(cart)).toBe(5_000n);
    expect(totalOf(cart, oneCent)).toBe(5_598n);
  });
});

describe('tax in a price and tax on the net that is left of it', () => {
  test('may be two minor units apart where rates add up to 400 %: the net is rounded, and its error comes fourfold', () => {
    const germany = parseCountry('DE')._unsafeUnwrap();
    const rules = ['federal', 'regional', 'local', 'special'].map((id) => ({
      id,
      country: germany,
      rate: Rate.parsePercentage('100')._unsafeUnwrap(),
    }));
    const taxOf = (amount: bigint, prices: TaxPolicy['prices']) =>
      price({
        ...cartOf({ a: amount }),
        destination: { country: germany },
        tax: { prices, rounding: 'per_line', rules },
      })._unsafeUnwrap().totals.tax.minorUnits;
    const included = taxOf(2n, 'inclusive');
    expect(included).toBe(2n);
    expect(taxOf(2n - included, 'exclusive')).toBe(0n);
  });
});
