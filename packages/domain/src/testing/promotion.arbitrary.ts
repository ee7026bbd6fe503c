import fc from 'fast-check';

import type { Currency } from '../core/currency.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { PromotionTerms } from '../pricing/promotion-terms.value.ts';
import type { CartFacts } from './cart-facts.ts';
import { otherThan } from './currency.arbitrary.ts';
import { anyFittedPromotion } from './fitted-promotion.ts';
import type { PolicyChoice } from './policy.ts';

/** Terms that `PromotionTerms.define` accepts, of every class and with every effect and condition. */
export function anyPromotionTerms({
  currency,
  at = 0 as Instant,
  without = [],
}: {
  readonly currency: Currency;
  readonly at?: Instant | undefined;
} & PolicyChoice): fc.Arbitrary<PromotionTerms> {
  const facts: CartFacts = {
    currency,
    otherCurrency: otherThan(currency),
    at,
    amounts: [100n, 1_999n, 10_000n],
    units: 5,
  };
  const promotions = anyFittedPromotion(new Set(without));
  if (promotions === null) throw new Error('The policies that are left out leave no promotion.');
  return fc
    .tuple(
      fc.nat({ max: 999 }).map((number) => `promotion-${number}`),
      promotions,
    )
    .map(([id, promotion]) => promotion(facts, id));
}
