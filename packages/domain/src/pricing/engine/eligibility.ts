import type { Currency } from '../../core/currency.value.ts';
import type { PricingInput } from '../pricing-input.ts';
import {
  isShippingEffect,
  type PromotionEffect,
  type PromotionTarget,
} from '../promotion-effect.ts';
import type { PromotionTerms } from '../promotion-terms.value.ts';
import type { RejectionReason } from '../rejection.ts';
import type { Candidate, Turned } from './candidate.ts';
import type { LineGroup } from './line-group.ts';
import { presentPromotions, type Presented } from './presented-promotions.ts';
import { matcherOf } from './target-matching.ts';
import { moneyOf, type Work } from './work.ts';

export type Eligibility = {
  readonly candidates: readonly Candidate[];
  readonly turned: readonly Turned[];
  readonly rejectedCodes: Presented['rejected'];
};

/** Sorts the promotions into those that may take something off and those that some condition keeps out. */
export function judgePromotions(
  input: PricingInput,
  groups: readonly LineGroup[],
  work: Work,
): Eligibility {
  const { promotions, rejected: rejectedCodes } = presentPromotions(input);
  const uses = new Map((input.uses ?? []).map((of) => [of.promotionId, of]));
  const groupsOfCustomer = new Set(input.customer?.groups);
  const candidates: Candidate[] = [];
  const turned: Turned[] = [];
  for (const presented of promotions) {
    const { terms } = presented;
    const effects = effectsIn(input.currency, terms);
    work.steps += 1;
    const why =
      outsideWindow(terms, input) ??
      usedUp(terms, uses.get(terms.id)) ??
      (effects.length === 0 || isElsewhere(terms, input.currency)
        ? { reason: 'other_currency' as const }
        : notFor(terms, input, groupsOfCustomer));
    const qualifying = why === null ? qualifyingGroups(terms, groups, work) : [];
    const shortOf =
      why ??
      withoutItems(terms.conditions, effects, qualifying, groups, input) ??
      belowQuantity(terms, qualifying) ??
      belowMinimum(terms, qualifying, 'base', work);
    if (shortOf === null) candidates.push({ ...presented, effects, qualifying });
    else turned.push({ ...presented, why: shortOf });
  }
  return { candidates, turned, rejectedCodes };
}

/** The window is half-open: its start is in it, its end is not. */
function outsideWindow(
  { isActive, startsAt, endsAt }: PromotionTerms,
  { at }: PricingInput,
): RejectionReason | null {
  if (!isActive) return { reason: 'inactive' };
  if (startsAt !== null && at < startsAt) return { reason: 'not_started', startsAt };
  return endsAt !== null && at >= endsAt ? { reason: 'expired', endsAt } : null;
}

function usedUp(
  { limits: { total, perCustomer } }: PromotionTerms,
  uses: { readonly total: number; readonly byCustomer: number } | undefined,
): RejectionReason | null {
  if (total !== undefined && (uses?.total ?? 0) >= total)
    return { reason: 'limit_reached', limit: total };
  return perCustomer !== undefined && (uses?.byCustomer ?? 0) >= perCustomer
    ? { reason: 'customer_limit_reached', limit: perCustomer }
    : null;
}

function notFor(
  { conditions: { customerGroups, firstOrder, shippingCountries } }: PromotionTerms,
  { customer, destination }: PricingInput,
  groupsOfCustomer: ReadonlySet<string>,
): RejectionReason | null {
  if (customerGroups !== undefined && !customerGroups.some((group) => groupsOfCustomer.has(group)))
    return { reason: 'not_for_customer' };
  if (firstOrder === true && customer?.isFirstOrder !== true) return { reason: 'not_first_order' };
  return shippingCountries !== undefined &&
    (destination === undefined || !shippingCountries.includes(destination.country))
    ? { reason: 'not_for_destination' }
    : null;
}

/** Whether a condition or a limit is written in another currency. */
function isElsewhere({ conditions, limits }: PromotionTerms, currency: Currency): boolean {
  const amounts = [
    conditions.minimumSubtotal,
    conditions.priceRange?.from,
    conditions.priceRange?.to,
    limits.maximumDiscount,
  ];
  return (
    (conditions.currency !== undefined && conditions.currency !== currency) ||
    amounts.some((amount) => amount !== undefined && amount.currency !== currency)
  );
}

/** What a promotion gives in one currency: nothing at all where it names amounts, and none of them is in it. */
function effectsIn(currency: Currency, { effects }: PromotionTerms): readonly PromotionEffect[] {
  const isInAnother = (effect: PromotionEffect) =>
    'amount' in effect && effect.amount.currency !== currency;
  if (!effects.some(isInAnother)) return effects;
  const left = effects.filter((effect) => !isInAnother(effect));
  return left.some((effect) => 'amount' in effect) ? left : [];
}

/** The groups that match one of the lists, at a price in the range; all of them where nothing narrows it. */
function qualifyingGroups(
  { conditions }: PromotionTerms,
  groups: readonly LineGroup[],
  work: Work,
): readonly LineGroup[] {
  const { productIds, categoryIds, tags, priceRange } = conditions;
  const isNarrowed = productIds !== undefined || categoryIds !== undefined || tags !== undefined;
  if (!isNarrowed && priceRange === undefined) return groups;
  work.steps += groups.length;
  const matches = matcherOf(isNarrowed ? { productIds, categoryIds, tags } : undefined);
  const from = priceRange?.from?.minorUnits;
  const to = priceRange?.to?.minorUnits;
  return groups.filter(({ facts }) => {
    const { minorUnits } = facts.unitPrice;
    return (
      matches(facts) &&
      (from === undefined || minorUnits >= from) &&
      (to === undefined || minorUnits <= to)
    );
  });
}

/** Each list of the conditions must be met by something, and so must one of the effects. */
function withoutItems(
  { productIds, categoryIds, tags }: PromotionTerms['conditions'],
  effects: readonly PromotionEffect[],
  qualifying: readonly LineGroup[],
  groups: readonly LineGroup[],
  { shipping }: PricingInput,
): RejectionReason | null {
  const isMet = [{ productIds }, { categoryIds }, { tags }].every((list) => {
    const isGiven = Object.values(list).some((ids) => ids !== undefined);
    return !isGiven || hasMatch(qualifying, list);
  });
  const hasSubject = effects.some(
    (effect) => (!isShippingEffect(effect) || shipping !== null) && hasMatch(groups, effect.target),
  );
  return qualifying.length > 0 && isMet && hasSubject ? null : { reason: 'no_eligible_items' };
}

/** Whether anything in the cart is in the target. */
export function hasMatch(
  groups: readonly LineGroup[],
  target: PromotionTarget | undefined,
): boolean {
  if (target === undefined) return groups.length > 0;
  const matches = matcherOf(target);
  return groups.some(({ facts }) => matches(facts));
}

function belowQuantity(
  { conditions: { minimumQuantity } }: PromotionTerms,
  qualifying: readonly LineGroup[],
): RejectionReason | null {
  if (minimumQuantity === undefined) return null;
  let reached = 0n;
  for (const { quantity } of qualifying) reached += quantity;
  return reached < BigInt(minimumQuantity)
    ? { reason: 'below_minimum_quantity', minimum: minimumQuantity, reached: Number(reached) }
    : null;
}

/** Thresholds are inclusive. What runs only shrinks: whoever is below on the base stays below. */
export function belowMinimum(
  { conditions: { minimumSubtotal, basis } }: PromotionTerms,
  qualifying: readonly LineGroup[],
  moment: 'base' | 'running',
  work: Work,
): RejectionReason | null {
  if (minimumSubtotal === undefined || (moment === 'running' && basis === 'base')) return null;
  let reached = 0n;
  for (const group of qualifying) reached += group[moment];
  work.steps += qualifying.length;
  return reached < minimumSubtotal.minorUnits
    ? { reason: 'below_minimum', minimum: minimumSubtotal, reached: moneyOf(work, reached) }
    : null;
}
