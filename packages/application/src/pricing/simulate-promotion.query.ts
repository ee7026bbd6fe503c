import { ok, safeTry, type Result, type ResultAsync } from 'neverthrow';

import { defect, type CartId, type MoneyOutOfBounds, type PromotionId } from '@kastoma/domain/core';
import {
  PromotionTerms,
  simulate,
  type InvalidPromotion,
  type PricingError,
  type PromotionDraft,
  type SimulatedCart,
  type Simulation,
  type SimulationSummary,
} from '@kastoma/domain/pricing';

import type { IdGenerator } from '../core/id-generator.port.ts';
import { rejectionInWords } from './rejection-words.ts';
import type {
  CartMissing,
  SimulationSubject,
  SimulationSubjects,
} from './simulation-subjects.port.ts';

export type SimulatePromotionQuery = {
  readonly draft: Omit<PromotionDraft, 'id'>;
  readonly on:
    | { readonly kind: 'cart'; readonly cartId: CartId }
    | { readonly kind: 'last_orders'; readonly count: number };
};

/** What the draft would change for one cart or order. */
export type SimulatedSubject = Pick<SimulationSubject, 'kind' | 'id' | 'number'> & {
  readonly outcome: SimulatedCart;
  /** Why the draft would take nothing off; null where it does, or where there is no price at all. */
  readonly rejection: { readonly code: string; readonly message: string } | null;
};

export type SimulationView = {
  readonly carts: readonly SimulatedSubject[];
  readonly summary: readonly SimulationSummary[];
};

type Dependencies = { readonly subjects: SimulationSubjects; readonly ids: IdGenerator };

/** Tries a draft of a promotion on a cart or on the last orders; nothing changes. */
export class SimulatePromotion {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({
    draft,
    on,
  }: SimulatePromotionQuery): ResultAsync<
    SimulationView,
    InvalidPromotion | CartMissing | MoneyOutOfBounds
  > {
    const { subjects, ids } = this.#dependencies;
    return safeTry(async function* () {
      const id = ids.next<PromotionId>();
      const terms = yield* PromotionTerms.define({ ...draft, id }).mapErr(placedInDraft);
      const tried =
        on.kind === 'cart'
          ? [yield* subjects.cart(on.cartId)]
          : await subjects.lastOrders(on.count);
      const simulation = yield* simulateOn(tried, terms);
      return ok(toView(tried, simulation, terms));
    });
  }
}

function placedInDraft(error: InvalidPromotion): InvalidPromotion {
  return { ...error, path: ['promotion', ...error.path] };
}

function simulateOn(
  subjects: readonly SimulationSubject[],
  draft: PromotionTerms,
): Result<Simulation, MoneyOutOfBounds> {
  const carts = subjects.map(({ input }) => input);
  return simulate({ carts, drafts: [draft] }).mapErr((error) => outOfBounds(error, subjects));
}

/** The sums over all carts may leave the range of money; nothing else can go wrong with them. */
function outOfBounds(
  { code }: PricingError,
  [first]: readonly SimulationSubject[],
): MoneyOutOfBounds {
  return code === 'pricing.amount_out_of_bounds' && first !== undefined
    ? { code: 'core.money_out_of_bounds', currency: first.input.currency }
    : defect(`A simulation failed with ${code}.`);
}

function toView(
  subjects: readonly SimulationSubject[],
  { carts, summary }: Simulation,
  draft: PromotionTerms,
): SimulationView {
  return {
    carts: subjects.map((subject, index) => {
      const outcome = carts[index] ?? defect(`The simulation left out ${subject.id}.`);
      const { kind, id, number } = subject;
      return { kind, id, number, outcome, rejection: rejectionOf(outcome, subject, draft) };
    }),
    summary,
  };
}

function rejectionOf(
  outcome: SimulatedCart,
  { input }: SimulationSubject,
  draft: PromotionTerms,
): SimulatedSubject['rejection'] {
  const [rejected] = outcome.outcome === 'priced' ? outcome.rejectedDrafts : [];
  if (rejected === undefined) return null;
  const known = [draft, ...(input.promotions ?? [])];
  const nameOf = (id: string) => known.find((terms) => terms.id === id)?.name ?? id;
  return { code: rejected.code, message: rejectionInWords(rejected, nameOf) };
}
