import { ok, safeTry, type Result, type ResultAsync } from 'neverthrow';

import { defect, type CartId, type MoneyOutOfBounds, type PromotionId } from '@kastoma/domain/core';
import {
  price,
  PromotionTerms,
  simulate,
  type InvalidPromotion,
  type PricingError,
  type PromotionDraft,
  type Rejection,
  type SimulatedCart,
  type Simulation,
  type SimulationSummary,
} from '@kastoma/domain/pricing';

import { answerOnce } from '../core/answer-once.ts';
import type { CallContext } from '../core/call-context.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { Pause } from '../core/pause.port.ts';
import type { PricingUnitOfWork } from './pricing.unit-of-work.ts';
import { rejectionInWords } from './rejection-words.ts';
import type {
  CartMissing,
  SimulationSubject,
  SimulationSubjects,
} from './simulation-subjects.port.ts';
import { addUpSummaries } from './simulation-summaries.ts';

/** So many are priced in one go; then others have their turn. */
const SUBJECTS_AT_ONCE = 4;

export type SimulatePromotionQuery = {
  readonly draft: Omit<PromotionDraft, 'id'>;
  readonly on:
    | { readonly kind: 'cart'; readonly cartId: CartId }
    | { readonly kind: 'last_orders'; readonly count: number };
};

type RejectionInWords = { readonly code: string; readonly message: string };

/** What the draft would change for one cart or order. */
export type SimulatedSubject = Pick<SimulationSubject, 'kind' | 'id' | 'number' | 'charged'> & {
  readonly outcome: SimulatedCart;
  /** Why the draft would take nothing off; null where it does, or where there is no price at all. */
  readonly rejection: RejectionInWords | null;
  /** The codes of the cart or order that take nothing off by now, draft or not, and why. */
  readonly rejectedCodes: readonly (RejectionInWords & { readonly couponCode: string })[];
};

export type SimulationView = {
  readonly carts: readonly SimulatedSubject[];
  readonly summary: readonly SimulationSummary[];
};

type Dependencies = {
  readonly subjects: SimulationSubjects;
  readonly ids: IdGenerator;
  readonly pause: Pause;
  readonly unitOfWork: PricingUnitOfWork;
};

/** Tries a draft of a promotion on a cart or on the last orders; nothing changes. */
export class SimulatePromotion {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(query: SimulatePromotionQuery, context: CallContext) {
    return answerOnce(this.#dependencies.unitOfWork, context, () => this.#simulate(query));
  }

  #simulate({
    draft,
    on,
  }: SimulatePromotionQuery): ResultAsync<
    SimulationView,
    InvalidPromotion | CartMissing | MoneyOutOfBounds
  > {
    const { subjects, ids, pause } = this.#dependencies;
    return safeTry(async function* () {
      const id = ids.next<PromotionId>();
      const terms = yield* PromotionTerms.define({ ...draft, id }).mapErr(placedInDraft);
      const tried =
        on.kind === 'cart'
          ? [yield* subjects.cart(on.cartId)]
          : await subjects.lastOrders(on.count);
      const parts: SimulationView[] = [];
      for (let next = 0; next < tried.length; next += SUBJECTS_AT_ONCE) {
        if (next > 0) await pause.for(0);
        parts.push(yield* simulateOn(tried.slice(next, next + SUBJECTS_AT_ONCE), terms));
      }
      const summary = yield* addUpSummaries(parts.flatMap((part) => part.summary));
      return ok({ carts: parts.flatMap(({ carts }) => carts), summary });
    });
  }
}

function placedInDraft(error: InvalidPromotion): InvalidPromotion {
  return { ...error, path: ['promotion', ...error.path] };
}

function simulateOn(
  subjects: readonly SimulationSubject[],
  draft: PromotionTerms,
): Result<SimulationView, MoneyOutOfBounds> {
  const carts = subjects.map(({ input }) => input);
  return simulate({ carts, drafts: [draft] })
    .map((simulation) => toView(subjects, simulation, draft))
    .mapErr((error) => outOfBounds(error, subjects));
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
      const { kind, id, number, charged } = subject;
      const rejection = rejectionOf(outcome, subject, draft);
      const rejectedCodes = rejectedCodesOf(subject);
      return { kind, id, number, charged, outcome, rejection, rejectedCodes };
    }),
    summary,
  };
}

function rejectionOf(
  outcome: SimulatedCart,
  subject: SimulationSubject,
  draft: PromotionTerms,
): SimulatedSubject['rejection'] {
  const [rejected] = outcome.outcome === 'priced' ? outcome.rejectedDrafts : [];
  return rejected === undefined ? null : inWords(rejected, subject, [draft]);
}

/** The simulation tells of drafts alone: what became of the codes is seen where the subject is priced as it is. */
function rejectedCodesOf(subject: SimulationSubject): SimulatedSubject['rejectedCodes'] {
  if ((subject.input.codes ?? []).length === 0) return [];
  const rejected = price(subject.input).match(
    (quote) => quote.rejected,
    () => [],
  );
  return rejected.flatMap((rejection) => {
    const { couponCode } = rejection;
    return couponCode === null ? [] : [{ ...inWords(rejection, subject), couponCode }];
  });
}

function inWords(
  rejection: Rejection,
  { input }: SimulationSubject,
  drafts: readonly PromotionTerms[] = [],
): RejectionInWords {
  const known = [...drafts, ...(input.promotions ?? [])];
  const nameOf = (id: string) => known.find((terms) => terms.id === id)?.name ?? id;
  return { code: rejection.code, message: rejectionInWords(rejection, nameOf) };
}
