import fc from 'fast-check';

import { parseCountry, type Country } from '../core/country.value.ts';
import type { Currency } from '../core/currency.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import type { PricingLine } from '../pricing/pricing-input.ts';
import { otherThan } from './currency.arbitrary.ts';
import type { Policy } from './policy.ts';

/** What a rule is fitted to, so that its thresholds are met and missed by a single unit. */
export type CartFacts = {
  readonly currency: Currency;
  /** One that the cart is not in. */
  readonly otherCurrency: Currency;
  readonly at: Instant;
  /** Minor units that a threshold may want to hit: subtotals, unit prices. */
  readonly amounts: readonly bigint[];
  /** Of the whole cart. */
  readonly units: number;
};

export function factsOf(currency: Currency, at: Instant, lines: readonly PricingLine[]): CartFacts {
  const subtotals = lines.map(({ unitPrice, quantity }) => unitPrice.minorUnits * BigInt(quantity));
  return {
    currency,
    otherCurrency: otherThan(currency),
    at,
    amounts: [
      subtotals.reduce((sum, subtotal) => sum + subtotal, 0n),
      ...subtotals,
      ...lines.map(({ unitPrice }) => unitPrice.minorUnits),
    ],
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

/** Something that is settled once the cart is known. A plan instead of a chain: it shrinks well and is quick. */
export type Fitted<Value> = (facts: CartFacts) => Value;

export const PRODUCT_IDS = ['product-1', 'product-2', 'product-3'] as const;
export const CATEGORY_IDS = ['tea', 'cups', 'sale'] as const;
export const TAGS = ['gift', 'new'] as const;
export const CUSTOMER_GROUPS = ['club', 'staff'] as const;
export const TAX_CLASSES = ['standard', 'reduced', 'zero'] as const;
export const COUNTRIES = ['DE', 'US', 'CA'].map((code) => parseCountry(code)._unsafeUnwrap());
/** The first country more often than the others: where tax rules, zones and the buyer meet. */
export function anyCountry(): fc.Arbitrary<Country> {
  const [home] = COUNTRIES;
  return home === undefined
    ? fc.constantFrom(...COUNTRIES)
    : fc.constantFrom(home, home, home, ...COUNTRIES);
}

export const REGIONS = ['QC', 'CA'] as const;

/** A part of a list, with at least one of it. */
export function anyOf<Item>(items: readonly Item[]): fc.Arbitrary<Item[]> {
  return fc.subarray([...items], { minLength: 1 });
}

/** Left out more often than not, and always when it is not wanted. Shrinks to nothing. */
export function sometimes<Value>(
  value: fc.Arbitrary<Value>,
  { isWanted = true, nilWeight = 3 } = {},
): fc.Arbitrary<Value | undefined> {
  if (!isWanted) return fc.constant(undefined);
  const nothing = { weight: nilWeight, arbitrary: fc.constant(undefined) };
  return fc.oneof({ withCrossShrink: true }, nothing, { weight: 1, arbitrary: value });
}

/** A positive amount: small, or one of the cart's own and its neighbours, or large. */
export function anyFittedAmount(without: ReadonlySet<Policy>): fc.Arbitrary<Fitted<Money>> {
  const aimed = fc
    .tuple(fc.nat({ max: 9 }), fc.integer({ min: -1, max: 1 }))
    .map(([aim, offset]): Fitted<bigint> => ({ amounts }) => {
      const amount = (amounts[aim % amounts.length] ?? 0n) + BigInt(offset);
      return amount > 0n ? amount : 1n;
    });
  const fixed = (max: number) =>
    fc.integer({ min: 1, max }).map(
      (amount): Fitted<bigint> =>
        () =>
          BigInt(amount),
    );
  const largest = without.has('large_amounts') ? 100_000 : 10 ** 12;
  const minorUnits = fc.oneof(fixed(200), fixed(10_000), aimed, aimed, fixed(largest));
  const isForeign = without.has('currencies')
    ? fc.constant(false)
    : fc.nat({ max: 59 }).map((chance) => chance === 59);
  return fc.tuple(minorUnits, isForeign).map(
    ([amount, foreign]): Fitted<Money> =>
      (facts) =>
        Money.of(amount(facts), foreign ? facts.otherCurrency : facts.currency)._unsafeUnwrap(),
  );
}
