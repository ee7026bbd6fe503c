import fc from 'fast-check';

import type { Currency } from '../../core/currency.value.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import { anyCurrency } from '../currency.arbitrary.ts';
import { demandSame } from './breach.ts';
import { withCurrenciesSwapped } from './changed-cart.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import { textOf, type LawOutcome, type Pricer } from './pricer.ts';

type Exchanged = { readonly cart: PricingInput; readonly into: Currency };

/** Law 11. */
export const currencies = defineLaw<Pricer, Exchanged>({
  law: 'currencies',
  says: 'A price in minor units does not depend on how many of them make one of the currency: none, two, three or four digits.',
  needs: ['currencies'],
  cases: (carts) => fc.record({ cart: carts, into: anyCurrency() }),
  check: (pricer, { cart, into }) => {
    const priced = pricedOrPassed(pricer, cart);
    const other = pricer.price(withCurrenciesSwapped(cart, [cart.currency, into]));
    demandSame(unitsOf(other), unitsOf(priced), `the quote in ${into}`);
  },
});

function unitsOf(outcome: LawOutcome): string {
  if (outcome.status === 'refused') return outcome.reason;
  const { lines, shipping, totals, applied } = outcome;
  const rejected = outcome.rejected.map((of) => [of.promotionId, of.couponCode, of.reason]);
  return textOf({ lines, shipping, totals, applied, rejected });
}
