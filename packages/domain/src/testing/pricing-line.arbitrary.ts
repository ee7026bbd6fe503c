import fc from 'fast-check';

import type { Currency } from '../core/currency.value.ts';
import { Money } from '../core/money.value.ts';
import type { PricingLine } from '../pricing/pricing-input.ts';
import { CATEGORY_IDS, PRODUCT_IDS, sometimes, TAGS, TAX_CLASSES } from './cart-facts.ts';
import type { Policy, PolicyChoice } from './policy.ts';

type Goods = {
  readonly productId: string;
  readonly categoryIds: readonly string[];
  readonly tags: readonly string[];
  readonly taxClass: string | undefined;
  readonly weightGrams: number | undefined;
  readonly unitPrice: number;
  readonly floor: number | undefined;
};
type LinePlan = {
  readonly number: number;
  readonly variant: number;
  readonly quantity: number;
  /** Another price than the variant's: a price that changed, or that somebody agreed on. */
  readonly surcharge: number | undefined;
  /** Other facts than those of the variant: somebody has changed it since. */
  readonly isChanged: boolean;
};

/** A line of goods from a small pool, so that targets hit and lines share variants. */
export function anyPricingLine(
  currency: Currency,
  { without = [] }: PolicyChoice = {},
): fc.Arbitrary<PricingLine> {
  const omitted = new Set(without);
  return fc
    .tuple(anyGoods(omitted), anyLinePlan(omitted))
    .map(([goods, line]) => lineOf(goods, line, currency));
}

/** Lines whose ids are unique; the currency comes later. */
export function anyLines(
  without: ReadonlySet<Policy>,
): fc.Arbitrary<(currency: Currency) => readonly PricingLine[]> {
  return fc
    .record({
      pool: fc.array(anyGoods(without), { minLength: 1, maxLength: 3 }),
      plans: fc.uniqueArray(anyLinePlan(without), {
        selector: ({ number }) => number,
        minLength: 1,
        maxLength: 6,
      }),
      isEmpty: fc.nat({ max: 29 }).map((chance) => chance === 29),
    })
    .map(
      ({ pool, plans, isEmpty }) =>
        (currency: Currency) =>
          (isEmpty ? [] : plans).map((plan, position) => {
            const variant = without.has('equal_lines') ? position : plan.variant;
            const goods = pool[(variant + Number(plan.isChanged)) % pool.length] ?? never();
            const own = without.has('equal_lines') ? variant : variant % pool.length;
            return lineOf(goods, { ...plan, variant: own }, currency);
          }),
    );
}

function never(): never {
  throw new Error('A pool of goods has at least one member.');
}

function anyGoods(without: ReadonlySet<Policy>): fc.Arbitrary<Goods> {
  const prices = anyPrice(without);
  return fc.record({
    productId: fc.constantFrom(...PRODUCT_IDS),
    categoryIds: fc.subarray([...CATEGORY_IDS]),
    tags: fc.subarray([...TAGS]),
    taxClass: sometimes(fc.constantFrom(...TAX_CLASSES), { nilWeight: 1 }),
    weightGrams: sometimes(fc.nat({ max: 1_500 }), { nilWeight: 1 }),
    unitPrice: prices,
    floor: sometimes(prices, { isWanted: !without.has('floors'), nilWeight: 5 }),
  });
}

/** Small amounts are as likely as large ones: thresholds are met and missed, and halves are rounded. */
function anyPrice(without: ReadonlySet<Policy>): fc.Arbitrary<number> {
  const min = without.has('zero_prices') ? 1 : 0;
  const max = without.has('large_amounts') ? 100_000 : 10 ** 12;
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min, max: 200 }) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 10_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max }) },
  );
}

function anyLinePlan(without: ReadonlySet<Policy>): fc.Arbitrary<LinePlan> {
  const largest = without.has('large_amounts') ? 20 : 9_999;
  return fc.record({
    number: fc.nat({ max: 120 }),
    variant: fc.nat({ max: 5 }),
    quantity: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 7 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: largest }) },
    ),
    surcharge: sometimes(fc.integer({ min: 1, max: 3 }), { nilWeight: 9 }),
    isChanged: fc.nat({ max: 11 }).map((chance) => chance === 11),
  });
}

function lineOf(goods: Goods, line: LinePlan, currency: Currency): PricingLine {
  const money = (minorUnits: number) => Money.of(BigInt(minorUnits), currency)._unsafeUnwrap();
  const { unitPrice, floor, ...others } = goods;
  return {
    ...others,
    id: `line-${line.number}`,
    variantId: `variant-${line.variant}`,
    unitPrice: money(unitPrice + (line.surcharge ?? 0)),
    quantity: line.quantity,
    minimumUnitPrice: floor === undefined ? undefined : money(floor),
  };
}
