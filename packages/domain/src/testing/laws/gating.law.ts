import fc from 'fast-check';

import { parseCouponCode } from '../../pricing/coupon-code.value.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import type { PromotionDraft } from '../../pricing/promotion-draft.ts';
import type { PromotionTerms } from '../../pricing/promotion-terms.value.ts';
import type { Policy } from '../policy.ts';
import { demand, demandSame } from './breach.ts';
import { ALL_OF_IT, subtotalOf, termsOf, withoutFloors } from './changed-cart.ts';
import { disagreeing } from './disagreeing-cart.ts';
import { GATED_CODE, GATED_ID, GATES, type Gate } from './gates.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import { textOf, type LawOutcome, type PricedCart, type Pricer } from './pricer.ts';

type Gated = {
  readonly gate: Gate['reason'];
  readonly cart: PricingInput;
  /** With a promotion for everything, which its gate just keeps out. */
  readonly shut: PricingInput;
  /** Nothing but that promotion, which its gate just lets in. */
  readonly open: PricingInput;
};

/** Law 7. */
export const gating = defineLaw<Pricer, Gated>({
  law: 'gating',
  says: 'A promotion that its window, limits or conditions keep out changes no amount and is explained; at the very edge it is let in. Those that turn out not to apply change nothing either.',
  needs: ['percentages'],
  cases: (carts, without) => {
    const gates = GATES.filter(({ policy }) => !without.includes(policy));
    const ways = waysIn(without);
    if (gates.length === 0 || ways.length === 0)
      return carts.map((cart) => ({ gate: 'expired', cart, shut: cart, open: cart }));
    return fc
      .record({
        cart: fc.oneof(carts, disagreeing(carts, without)),
        gate: fc.constantFrom(...gates),
        way: fc.constantFrom(...ways),
      })
      .map(({ cart, gate, way }) => {
        const isAlone = without.includes('stacking') || without.includes('several_codes');
        const plain = isAlone ? withoutPromotions(cart) : cart;
        return {
          gate: gate.reason,
          cart: plain,
          shut: gated(plain, gate, 'shut', way, without),
          open: gated(withoutPromotions(withoutFloors(plain)), gate, 'open', way, without),
        };
      });
  },
  check: (pricer, { gate, cart, shut, open }, without) => {
    fc.pre(subtotalOf(cart) > 0n && shut !== cart);
    const priced = pricedOrPassed(pricer, cart);
    const kept = pricer.price(shut);
    demandSame(moneyOf(kept), moneyOf(priced), `the quote with a promotion that is ${gate}`);
    demandExplained(kept as PricedCart, gate, without);
    demandLetIn(pricer.price(open), gate);
    // Where reasons have other names, nobody can say who was shut out.
    if (!without.has('named_reasons')) demandSameWithoutIdle(pricer, cart, priced);
  },
});

/**
 * Those that nobody shut out, and that yet took nothing off, might as well not have been there: all of them, since
 * one may have stumbled over another.
 */
function demandSameWithoutIdle(pricer: Pricer, cart: PricingInput, priced: PricedCart): void {
  const { applied, rejected } = priced;
  // One code of a promotion may be turned away while another one presents it.
  const others = new Set([
    ...applied.map(({ promotionId }) => promotionId),
    ...rejected
      .filter(({ reason }) => reason === 'excluded_by')
      .map(({ promotionId }) => promotionId),
  ]);
  const isOther = (id: string) => others.has(id);
  const without = pricer.price({
    ...cart,
    promotions: cart.promotions?.filter(({ id }) => isOther(id)),
    coupons: cart.coupons?.filter(({ promotionId }) => isOther(promotionId)),
  });
  demandSame(moneyOf(priced), moneyOf(without), 'the quote with promotions that do not apply');
}

type Way = { readonly class: 'line' | 'order'; readonly isByCode: boolean };

function waysIn(without: readonly Policy[]): readonly Way[] {
  const classes = (['line', 'order'] as const).filter(
    (name) => !without.includes(`${name}_promotions`),
  );
  return [false, true]
    .filter((isByCode) => !without.includes(isByCode ? 'coupons' : 'automatic_promotions'))
    .flatMap((isByCode) => classes.map((name) => ({ class: name, isByCode })));
}

function withoutPromotions(cart: PricingInput): PricingInput {
  return { ...cart, promotions: [], coupons: [], codes: [], uses: [] };
}

function gated(
  cart: PricingInput,
  gate: Gate,
  state: 'shut' | 'open',
  way: Way,
  without: readonly Policy[],
): PricingInput {
  const { terms = {}, input = {}, usesLeft } = gate[state](cart);
  const isByCode = way.isByCode || usesLeft !== undefined;
  const added = {
    ...cart,
    ...input,
    promotions: [...(cart.promotions ?? []), everythingFree(terms, way, state, without)],
  };
  if (!isByCode) return added;
  return {
    ...added,
    coupons: [
      ...(cart.coupons ?? []),
      { code: GATED_CODE, promotionId: GATED_ID, ...(usesLeft === undefined ? {} : { usesLeft }) },
    ],
    codes: [...(cart.codes ?? []), ` ${GATED_CODE.toLowerCase()} `],
  };
}

/** The most tempting promotion: before all others, and shutting them out. */
function everythingFree(
  terms: Partial<PromotionDraft>,
  way: Way,
  state: 'shut' | 'open',
  without: readonly Policy[],
): PromotionTerms {
  return termsOf({
    id: GATED_ID,
    class: way.class,
    effects: [{ type: 'percentage', percentage: ALL_OF_IT }],
    priority: without.includes('priorities') ? 0 : 1_000,
    isExclusive: state === 'shut' && !without.includes('exclusive_promotions'),
    ...terms,
  });
}

function moneyOf(outcome: LawOutcome): string {
  if (outcome.status === 'refused') return outcome.reason;
  const { lines, shipping, totals, applied } = outcome;
  return textOf({ lines, shipping, totals, applied });
}

function demandExplained(
  { rejected }: PricedCart,
  gate: Gate['reason'],
  without: ReadonlySet<Policy>,
): void {
  const reasons = rejected
    .filter(({ promotionId, couponCode }) => promotionId === GATED_ID || isGatedCode(couponCode))
    .map(({ reason }) => reason);
  demand(reasons.length > 0, () => `a promotion that is ${gate} is dropped in silence`);
  if (without.has('named_reasons')) return;
  demandSame(reasons.join(), gate, 'why the promotion does not apply');
}

function isGatedCode(code: string | null): boolean {
  return code !== null && parseCouponCode(code).unwrapOr('' as never) === GATED_CODE;
}

function demandLetIn(outcome: LawOutcome, gate: Gate['reason']): void {
  if (outcome.status === 'refused') return;
  const isIn =
    outcome.applied.some(({ promotionId }) => promotionId === GATED_ID) ||
    outcome.lines.every(({ total }) => total === 0n);
  demand(isIn, () => `a promotion that is just not ${gate} is kept out`);
}

/** Law 7, for every cart. */
export const explanation = defineLaw<Pricer, PricingInput>({
  law: 'explanation',
  says: 'Every automatic promotion and every code either took something off or is told why not, once.',
  cases: (carts) => carts,
  check: (pricer, cart) => {
    const { applied, rejected } = pricedOrPassed(pricer, cart);
    const told = [...applied, ...rejected];
    const presented = new Set((cart.coupons ?? []).map(({ promotionId }) => promotionId));
    for (const { id } of cart.promotions ?? []) {
      if (presented.has(id)) continue;
      const times = told.filter(({ promotionId }) => promotionId === id).length;
      demand(times === 1, () => `the promotion ${id} is told of ${times} times`);
    }
    const codes = new Set((cart.codes ?? []).map(folded));
    for (const code of codes) {
      const times = told.filter(({ couponCode }) => folded(couponCode ?? '') === code).length;
      demand(times === 1, () => `the code ${code} is told of ${times} times`);
    }
    const strange = told.find(
      ({ couponCode }) => couponCode !== null && !codes.has(folded(couponCode)),
    );
    demand(
      strange === undefined,
      () => `${strange?.couponCode} is told of, and nobody presented it`,
    );
  },
});

function folded(code: string): string {
  return code.trim().toUpperCase();
}
