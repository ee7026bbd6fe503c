import { err, ok, Result } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import { defect } from '../core/defect.ts';
import { Money } from '../core/money.value.ts';
import { asIfLive, withDrafts } from './draft-promotions.ts';
import { byText, sortedUnique } from './order-of-text.ts';
import { price } from './price.ts';
import type { PricingInput } from './pricing-input.ts';
import type { PricingError } from './pricing.errors.ts';
import type { PromotionTerms } from './promotion-terms.value.ts';
import { canonicalQuote, type AppliedPromotion, type Quote } from './quote.value.ts';
import type {
  Differences,
  PromotionChange,
  SimulatedCart,
  Simulation,
  SimulationSummary,
} from './simulation.ts';

/**
 * What the drafts would change if they were live: every cart is priced as it is and with the drafts. A draft replaces the
 * promotion of its id, or else is one more; it is taken to be active, within its window, and automatic. Limits count
 * the uses that each cart states, and not what the carts of the simulation would use up of each other.
 * Fails for two drafts of one id, and where a sum over the carts leaves the bounds of money.
 */
export function simulate({
  carts,
  drafts,
}: {
  readonly carts: readonly PricingInput[];
  readonly drafts: readonly PromotionTerms[];
}): Result<Simulation, PricingError> {
  const ids = drafts.map(({ id }) => id).toSorted(byText);
  const twice = ids.find((id, index) => id === ids[index + 1]);
  if (twice !== undefined)
    return err({ code: 'pricing.duplicate_id', kind: 'promotion', id: twice });
  const live = asIfLive(drafts).unwrapOr(null) ?? defect('Valid terms are valid without a window.');
  const simulated = carts.map((cart) => simulateCart(cart, live));
  const currencies = sortedUnique(carts.map(({ currency }) => currency));
  return Result.combine(currencies.map((currency) => summarize(simulated, currency))).map(
    (summary) => ({ carts: simulated, summary }),
  );
}

function simulateCart(cart: PricingInput, drafts: readonly PromotionTerms[]): SimulatedCart {
  const { currency } = cart;
  const before = price(cart);
  if (before.isErr())
    return { outcome: 'not_priceable', currency, when: 'before', error: before.error };
  const after = price(withDrafts(cart, drafts));
  return after.isErr()
    ? { outcome: 'not_priceable', currency, when: 'after', error: after.error }
    : compare(before.value, after.value, new Set(drafts.map(({ id }) => id)));
}

function compare(before: Quote, after: Quote, draftIds: ReadonlySet<string>): SimulatedCart {
  const difference = (field: keyof Differences) =>
    changeOf(before.totals[field], after.totals[field]).difference;
  return {
    outcome: 'priced',
    currency: after.currency,
    isChanged: canonicalQuote(before) !== canonicalQuote(after),
    before: before.totals,
    after: after.totals,
    differences: {
      discount: difference('discount'),
      shipping: difference('shipping'),
      tax: difference('tax'),
      total: difference('total'),
    },
    promotions: comparePromotions(before, after),
    rejectedDrafts: after.rejected.filter(
      ({ promotionId }) => promotionId !== null && draftIds.has(promotionId),
    ),
  };
}

function comparePromotions(before: Quote, after: Quote): readonly PromotionChange[] {
  const once = new Map(before.promotions.map((applied) => [applied.promotionId, applied]));
  const now = new Map(after.promotions.map((applied) => [applied.promotionId, applied]));
  return sortedUnique([...once.keys(), ...now.keys()]).flatMap((id) =>
    comparePromotion(once.get(id), now.get(id), Money.zero(after.currency)),
  );
}

function comparePromotion(
  before: AppliedPromotion | undefined,
  after: AppliedPromotion | undefined,
  nothing: Money,
): readonly PromotionChange[] {
  const one = after ?? before;
  if (one === undefined) return [];
  const change = {
    promotionId: one.promotionId,
    name: one.name,
    discount: changeOf(before?.discount ?? nothing, after?.discount ?? nothing),
    shippingDiscount: changeOf(
      before?.shippingDiscount ?? nothing,
      after?.shippingDiscount ?? nothing,
    ),
  };
  if (before === undefined) return [{ ...change, change: 'begins' }];
  if (after === undefined) return [{ ...change, change: 'stops' }];
  return change.discount.difference.equals(nothing) &&
    change.shippingDiscount.difference.equals(nothing)
    ? []
    : [{ ...change, change: 'changes' }];
}

function changeOf(before: Money, after: Money): PromotionChange['discount'] {
  const difference =
    after.minus(before).unwrapOr(null) ??
    defect('Amounts of one quote are not negative and of one currency.');
  return { before, after, difference };
}

function summarize(
  simulated: readonly SimulatedCart[],
  currency: Currency,
): Result<SimulationSummary, PricingError> {
  const carts = simulated.filter((cart) => cart.currency === currency);
  const priced = carts.filter((cart) => cart.outcome === 'priced');
  const codes = carts.flatMap((cart) =>
    cart.outcome === 'not_priceable' ? [cart.error.code] : [],
  );
  return sumUp(
    priced.map(({ differences }) => differences),
    currency,
  ).map((differences) => ({
    currency,
    carts: carts.length,
    changed: priced.filter(({ isChanged }) => isChanged).length,
    differences,
    notPriceable: sortedUnique(codes).map((code) => ({
      code,
      carts: codes.filter((other) => other === code).length,
    })),
  }));
}

function sumUp(
  differences: readonly Differences[],
  currency: Currency,
): Result<Differences, PricingError> {
  const sum = (field: keyof Differences): Result<Money, PricingError> =>
    Money.of(
      differences.reduce((total, { [field]: amount }) => total + amount.minorUnits, 0n),
      currency,
    ).mapErr(() => ({ code: 'pricing.amount_out_of_bounds' as const, subject: 'summary' }));
  return Result.combine([sum('discount'), sum('shipping'), sum('tax'), sum('total')]).andThen(
    ([discount, shipping, tax, total]) => ok({ discount, shipping, tax, total }),
  );
}
