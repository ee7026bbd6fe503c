import type { Candidate, Turned } from './candidate.ts';
import { resetGroups } from './line-group.ts';
import { PromotionRound, type Cart, type Round } from './promotion-round.ts';
import type { Work } from './work.ts';

/**
 * After so many steps promotions are let in as they come, so that no input keeps the engine going round: dozens of
 * rounds for a thousand lines and fifty promotions, more than there are promotions for a cart of ordinary length.
 */
const MOST_STEPS_OF_ROUNDS = 2_000_000;

/**
 * Applies the promotions, so that one that does not apply changes nothing. Whether a promotion applies may turn out
 * only when others have been before it. If somebody has lost to it by then, it is struck out, and
 * the cart is priced as if it had never been there: one at a time, since the next may have stumbled over the first.
 */
export function applyPromotions(candidates: readonly Candidate[], cart: Cart, work: Work): Round {
  const struck: Turned[] = [];
  let contenders = candidates;
  while (struck.length === 0 || work.steps < MOST_STEPS_OF_ROUNDS) {
    const round = new PromotionRound(contenders, cart, work).play();
    const idler = firstIdler(round);
    if (idler === undefined) return { ...round, turned: [...struck, ...round.turned] };
    struck.push(idler);
    contenders = contenders.filter(({ terms }) => terms !== idler.terms);
    resetGroups(cart.groups);
  }
  const last = new PromotionRound(contenders, cart, work).playAsTheyCome();
  return { ...last, turned: [...struck, ...last.turned] };
}

/** Who does not apply, though it was not shut out, and yet may have decided what others get. */
function firstIdler({ turned, involved }: Round): Turned | undefined {
  const ineligible = turned.find(
    ({ terms, why }) => why.reason !== 'excluded_by' && involved.has(terms.id),
  );
  return ineligible ?? turned.find(({ terms }) => isNamed(turned, terms.id));
}

function isNamed(turned: readonly Turned[], id: string): boolean {
  return turned.some(({ why }) => why.reason === 'excluded_by' && why.winnerId === id);
}
