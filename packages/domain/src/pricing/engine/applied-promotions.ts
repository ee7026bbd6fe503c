import type { Candidate, Turned } from './candidate.ts';
import { resetGroups } from './line-group.ts';
import { PromotionRound, type Cart, type Round, type Tally } from './promotion-round.ts';
import type { Work } from './work.ts';

/** After so many rounds nobody looks ahead any more, and the next one is the last. */
const MOST_ROUNDS_AHEAD = 8;

export type AppliedPromotions = Omit<Round, 'admitted'> & {
  /** In the order in which they were admitted; each took something off. */
  readonly applied: readonly Tally[];
};

/**
 * Applies the promotions, so that whoever was shut out was shut out by one that applies. A promotion that
 * shuts out another and then takes nothing off itself (earlier ones left too little) is struck
 * out, and the cart is priced as if it had never been there.
 */
export function applyPromotions(
  candidates: readonly Candidate[],
  cart: Cart,
  work: Work,
): AppliedPromotions {
  const struck: Turned[] = [];
  let contenders = candidates;
  for (let round = 1; ; round += 1) {
    const played = new PromotionRound(contenders, cart, work).play(round <= MOST_ROUNDS_AHEAD);
    const outcome = withoutIdle(played);
    const unjust = idleWinners(outcome);
    if (unjust.length === 0 || round > MOST_ROUNDS_AHEAD)
      return { ...outcome, turned: [...struck, ...outcome.turned] };
    struck.push(...unjust);
    const ids = new Set(unjust.map(({ terms }) => terms.id));
    contenders = contenders.filter(({ terms }) => !ids.has(terms.id));
    resetGroups(cart.groups);
  }
}

/** Who was admitted and found nothing to take off has not applied. */
function withoutIdle({ admitted, turned, ...others }: Round): AppliedPromotions {
  const isIdle = ({ goods, shipping }: Tally) => goods + shipping === 0n;
  const idle = admitted.filter(isIdle).map(({ candidate }) => ({
    terms: candidate.terms,
    couponCode: candidate.couponCode,
    why: { reason: 'nothing_to_discount' as const },
  }));
  return {
    ...others,
    applied: admitted.filter((tally) => !isIdle(tally)),
    turned: [...turned, ...idle],
  };
}

/** Those who shut somebody out and do not apply themselves. */
function idleWinners({ turned }: AppliedPromotions): readonly Turned[] {
  const winners = new Set(
    turned.flatMap(({ why }) => (why.reason === 'excluded_by' ? [why.winnerId] : [])),
  );
  return turned.filter(({ terms }) => winners.has(terms.id));
}
