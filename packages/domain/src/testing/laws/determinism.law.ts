import type { PricingInput } from '../../pricing/pricing-input.ts';
import { demandSame } from './breach.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import { textOf, type LawOutcome, type Pricer } from './pricer.ts';

/** Law 6. */
export const determinism = defineLaw<Pricer, PricingInput>({
  law: 'determinism',
  says: 'Pricing twice is pricing once, changes nothing in the cart, and pricing what a quote carries gives the quote.',
  cases: (carts) => carts,
  check: (pricer, cart) => {
    const before = textOf(cart);
    const priced = pricedOrPassed(pricer, cart);
    const text = priced.text();
    demandSame(textOf(cart), before, 'the cart after it was priced');
    demandSame(said(pricer.price(cart)), text, 'the second quote');
    if (priced.again !== null)
      demandSame(said(priced.again()), text, 'the quote of what the quote carries');
  },
});

function said(outcome: LawOutcome): string {
  return outcome.status === 'refused' ? outcome.reason : outcome.text();
}
