import fc from 'fast-check';

import type { Rate } from '../../core/rate.value.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import { anyRate } from '../rate.arbitrary.ts';
import { demand } from './breach.ts';
import { subtotalOf, termsOf, withoutFloors } from './changed-cart.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import type { Pricer } from './pricer.ts';

type Reduced = { readonly cart: PricingInput; readonly percentage: Rate };

/** What the choices under the laws ask for: one place rounds, and nothing is rounded per unit and multiplied. */
export const roundedOnce = defineLaw<Pricer, Reduced>({
  law: 'rounding once',
  says: 'A percentage off everything is off its exact amount by half a minor unit at most, however many units and lines there are.',
  needs: ['percentages', 'order_promotions', 'automatic_promotions'],
  cases: (carts) =>
    fc.record({ cart: carts, percentage: anyRate({ isPositive: true }) }).map(reduced),
  check: (pricer, { cart, percentage }) => {
    const { totals } = pricedOrPassed(pricer, cart);
    const exact = subtotalOf(cart) * percentage.numerator;
    const offBy = totals.discount * percentage.denominator - exact;
    demand(
      2n * (offBy < 0n ? -offBy : offBy) <= percentage.denominator,
      () =>
        `${percentage.toPercentage()} % of ${subtotalOf(cart)} is rounded to ${totals.discount}`,
    );
  },
});

function reduced({ cart, percentage }: Reduced): Reduced {
  const terms = termsOf({
    id: 'percentage-off-everything',
    class: 'order',
    effects: [{ type: 'percentage', percentage }],
  });
  const plain = { ...withoutFloors(cart), coupons: [], codes: [], uses: [] };
  return { cart: { ...plain, promotions: [terms] }, percentage };
}
