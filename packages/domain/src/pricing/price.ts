import { err, ok, type Result } from 'neverthrow';

import { LARGEST_MINOR_UNITS, Money } from '../core/money.value.ts';
import { applyPromotions } from './engine/applied-promotions.ts';
import { checkInput } from './engine/checked-input.ts';
import { judgePromotions } from './engine/eligibility.ts';
import { groupLines } from './engine/line-group.ts';
import { quoteShipping } from './engine/shipping-charge.ts';
import { taxAll, type Taxable } from './engine/taxation.ts';
import type { Work } from './engine/work.ts';
import { writeQuote } from './engine/written-quote.ts';
import type { PricingInput } from './pricing-input.ts';
import type { PricingError } from './pricing.errors.ts';
import type { Quote } from './quote.value.ts';

/**
 * Prices a cart. Pure: the same input gives the same quote, to the byte, whatever the order of its arrays.
 * The steps are always lines, line promotions, order promotions, shipping, tax, totals.
 */
export function price(input: PricingInput): Result<Quote, PricingError> {
  return priceCountingSteps(input).map(({ quote }) => quote);
}

/**
 * The same, and what it cost: how often the engine did something for a line, a group of lines or a promotion. It grows
 * as lines times promotions, which a clock could only suggest.
 */
export function priceCountingSteps(
  input: PricingInput,
): Result<{ readonly quote: Quote; readonly steps: number }, PricingError> {
  const { currency, rounding = 'half_up' } = input;
  const zero = Money.zero(currency);
  const work: Work = { currency, rounding, zero, steps: input.lines.length };
  return checkInput(input).andThen((checked) =>
    quoteShipping(checked, work).andThen((quotation) => {
      const groups = groupLines(checked.lines);
      const { candidates, turned, rejectedCodes } = judgePromotions(checked, groups, work);
      const cart = { groups, quotation, combining: checked.combining ?? 'priority' };
      const outcome = applyPromotions(candidates, cart, work);
      const shipped = outcome.shipping?.charged ?? 0n;
      const shippingTotal = outcome.applied.reduce((left, tally) => left - tally.shipping, shipped);
      const taxables: Taxable[] = groups.map((group) => ({ group, amount: group.running }));
      if (quotation !== null) taxables.push({ group: null, amount: shippingTotal });
      const taxes = taxAll(taxables, checked, work);
      const isTaxOnTop =
        checked.tax?.prices === 'exclusive' && checked.customer?.taxExempt !== true;
      const onTop = isTaxOnTop ? taxes.reduce((sum, { tax }) => sum + tax, 0n) : 0n;
      const total = groups.reduce((sum, { running }) => sum + running, shippingTotal + onTop);
      if (total > LARGEST_MINOR_UNITS)
        return err({ code: 'pricing.amount_out_of_bounds' as const, subject: 'total' });
      const quote = writeQuote(
        { input: checked, groups, quotation, outcome, taxes, turned, rejectedCodes },
        work,
      );
      return ok({ quote, steps: work.steps });
    }),
  );
}
