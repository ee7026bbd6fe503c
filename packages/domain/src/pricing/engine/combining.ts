import { PROMOTION_CLASSES, type PromotionClass } from '../promotion-class.ts';
import type { PromotionTerms } from '../promotion-terms.value.ts';
import { byPriority, type Candidate } from './candidate.ts';
import type { Work } from './work.ts';

/** Who has been let in so far, as far as it matters to those who come after. */
export type Standing = {
  /** By class: the first who is in. */
  readonly present: Map<PromotionClass, string>;
  /** By class: the first who keeps that class out. */
  readonly closed: Map<PromotionClass, string>;
};

export type Settlement = {
  readonly won: readonly Candidate[];
  readonly lost: readonly Loser[];
};
export type Loser = { readonly candidate: Candidate; readonly winner: string };

/** How the contenders line up. */
export type Ranking = {
  /** Of two from different classes, who goes first. */
  readonly across: (a: Candidate, b: Candidate) => number;
  /** Of two from the same class. */
  readonly within: (a: Candidate, b: Candidate) => number;
};

/** Exclusive ones before the others of their class, so that any of them that is eligible shuts the others out. */
export const RANKED_BY_PRIORITY: Ranking = {
  across: byPriority,
  within: (a, b) => Number(b.terms.isExclusive) - Number(a.terms.isExclusive) || byPriority(a, b),
};

/** Within a class the larger discount goes first; across classes the priority decides as ever. */
export function rankedByDiscount(discountOf: (candidate: Candidate) => bigint): Ranking {
  const byDiscount = (a: Candidate, b: Candidate) => {
    const [left, right] = [discountOf(a), discountOf(b)];
    if (left === right) return byPriority(a, b);
    return left > right ? -1 : 1;
  };
  return { across: byPriority, within: byDiscount };
}

/** Whether any two of them could get in each other's way. */
export function mayDisagree(candidates: readonly Candidate[]): boolean {
  return candidates.some(
    ({ terms }) => terms.isExclusive || terms.combinesWith.length < PROMOTION_CLASSES.length,
  );
}

export function standingOf(applied: readonly Candidate[]): Standing {
  const standing: Standing = { present: new Map(), closed: new Map() };
  for (const { terms } of applied) admit(standing, terms);
  return standing;
}

function admit({ present, closed }: Standing, terms: PromotionTerms): void {
  if (!present.has(terms.class)) present.set(terms.class, terms.id);
  for (const name of PROMOTION_CLASSES) {
    const isShutOut =
      !terms.combinesWith.includes(name) || (terms.isExclusive && name === terms.class);
    if (isShutOut && !closed.has(name)) closed.set(name, terms.id);
  }
}

/** Who is in already and does not combine with these terms; two combine only where both agree. */
function opponentOf({ present, closed }: Standing, terms: PromotionTerms): string | undefined {
  const shutOutBy = closed.get(terms.class);
  if (shutOutBy !== undefined) return shutOutBy;
  const refused = PROMOTION_CLASSES.find(
    (name) =>
      present.has(name) &&
      (!terms.combinesWith.includes(name) || (terms.isExclusive && name === terms.class)),
  );
  return refused === undefined ? undefined : present.get(refused);
}

/**
 * Lets in whoever combines with all who are in: each class lines up on its own, and of those who stand
 * first the one that ranks highest goes next. The standing changes with every admission.
 */
export function settle(
  candidates: readonly Candidate[],
  standing: Standing,
  { across, within }: Ranking,
  work: Work,
): Settlement {
  const queues = PROMOTION_CLASSES.map((name) =>
    candidates.filter(({ terms }) => terms.class === name).toSorted(within),
  );
  const won: Candidate[] = [];
  const lost: Loser[] = [];
  const places = queues.map(() => 0);
  for (let count = candidates.length; count > 0; count -= 1) {
    work.steps += 1;
    const heads = queues.flatMap((queue, index) => {
      const candidate = queue[places[index] ?? 0];
      return candidate === undefined ? [] : [{ candidate, index }];
    });
    const [next] = heads.toSorted((a, b) => across(a.candidate, b.candidate));
    if (next === undefined) break;
    places[next.index] = (places[next.index] ?? 0) + 1;
    const winner = opponentOf(standing, next.candidate.terms);
    if (winner === undefined) {
      admit(standing, next.candidate.terms);
      won.push(next.candidate);
    } else lost.push({ candidate: next.candidate, winner });
  }
  return { won, lost };
}
