import fc from 'fast-check';

import type { PricingInput, PricingLine } from '../../pricing/pricing-input.ts';
import { demandSame } from './breach.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import { textOf, type LawOutcome, type PricedCart, type Pricer } from './pricer.ts';

type Split = { readonly cart: PricingInput; readonly split: PricingInput };

/** Law 5. */
export const splitIndependence = defineLaw<Pricer, Split>({
  law: 'split independence',
  says: 'Splitting lines into lines of smaller quantity changes no subtotal, no discount, no tax total and no reason.',
  needs: ['equal_lines'],
  cases: (carts) =>
    fc
      .tuple(carts, fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 6 }))
      .map(([cart, cuts]) => ({
        cart,
        split: {
          ...cart,
          lines: cart.lines.flatMap((line, index) => cutOff(line, cuts[index % cuts.length] ?? 0)),
        },
      })),
  check: (pricer, { cart, split }) => {
    fc.pre(split.lines.length > cart.lines.length);
    const whole = pricedOrPassed(pricer, cart);
    demandSame(moneyOf(pricer.price(split)), moneyOf(whole), 'the split cart');
  },
});

/** A piece of some units, and what is left in up to two pieces. */
function cutOff(line: PricingLine, units: number): readonly PricingLine[] {
  const rest = line.quantity - units;
  if (units === 0 || rest < 1) return [line];
  const pieces = rest > 2 ? [units, 1, rest - 1] : [units, rest];
  return pieces.map((quantity, index) => ({
    ...line,
    // Behind the whole line and before every other id: ties between lines are settled as before.
    id: index === 0 ? line.id : `${line.id}!${index}`,
    quantity,
  }));
}

function moneyOf(outcome: LawOutcome): string {
  if (outcome.status === 'refused') return outcome.reason;
  const { totals, applied, rejected } = outcome;
  return textOf({ totals, shipping: outcome.shipping, applied, rejected: reasonsOf(rejected) });
}

function reasonsOf(rejected: PricedCart['rejected']): readonly string[] {
  return rejected.map((of) => textOf([of.promotionId, of.couponCode, of.reason])).toSorted();
}
