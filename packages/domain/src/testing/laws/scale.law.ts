import fc from 'fast-check';

import type { PricingInput } from '../../pricing/pricing-input.ts';
import { demand } from './breach.ts';
import { changedTerms } from './changed-cart.ts';
import { defineLaw } from './law.ts';
import type { CountSteps } from './pricer.ts';

type Grown = {
  readonly cart: PricingInput;
  /** How often its lines are repeated, and its promotions. */
  readonly lines: number;
  readonly promotions: number;
};

const TIMES = 4;
const GROWTHS = [
  [TIMES, 1],
  [1, TIMES],
] as const;
/** Beyond lines times promotions times a log: what is done once for a cart, and other branches that are taken. */
const ALLOWANCE = 1.5;

/** Law 12. */
export const scale = defineLaw<CountSteps, Grown>({
  law: 'scale',
  says: 'Steps grow as lines times promotions, at most by a log more: four times the lines, or the promotions, never cost sixteen times as much.',
  // What depends on the size of a cart may let a promotion in, or start over: the cost would jump once.
  excludes: [
    'thresholds',
    'limits',
    'maximum_discount',
    'exclusive_promotions',
    'combining_classes',
    'best_for_customer',
    'shipping_rules',
  ],
  cases: (carts) =>
    fc.record({
      cart: carts,
      lines: fc.integer({ min: 2, max: 4 }),
      promotions: fc.integer({ min: 1, max: 3 }),
    }),
  check: (countSteps, { cart, lines, promotions }) => {
    fc.pre(cart.lines.length > 0 && (cart.promotions ?? []).length > 0);
    const before = countSteps(grown(cart, lines, promotions));
    if (before === null) return fc.pre(false);
    const most = before * TIMES * (1 + 2 / Math.log2(lines * cart.lines.length + 1)) * ALLOWANCE;
    for (const [moreLines, morePromotions] of GROWTHS) {
      const after = countSteps(grown(cart, lines * moreLines, promotions * morePromotions)) ?? 0;
      demand(
        after <= most,
        () =>
          `${before} steps become ${after} with ${moreLines} times the lines and ${morePromotions} times the promotions`,
      );
    }
  },
});

/** The cart with its lines so often, each of a variant of its own, and its promotions so often, all of them automatic. */
function grown(cart: PricingInput, lines: number, promotions: number): PricingInput {
  return {
    ...cart,
    lines: repeated(cart.lines, lines).map((line, index) => ({
      ...line,
      id: `line-${index}`,
      variantId: `variant-${index}`,
    })),
    promotions: repeated(cart.promotions ?? [], promotions).map((terms, index) =>
      changedTerms(terms, { id: `promotion-${index}` }),
    ),
    coupons: [],
    codes: [],
    uses: [],
  };
}

function repeated<Item>(items: readonly Item[], times: number): readonly Item[] {
  return Array.from({ length: times }, () => items).flat();
}
