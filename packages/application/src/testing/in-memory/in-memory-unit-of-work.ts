import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { CallContext } from '../../core/call-context.ts';
import type { IdempotencyClaim, IdempotencyOutcome } from '../../core/idempotency.ts';
import type { ConcurrentUpdate, UnitOfWork } from '../../core/unit-of-work.port.ts';
import type { InMemoryStore, Memory } from './in-memory-store.ts';

/** What a context's repositories are built on. */
export type InMemoryTransaction = { readonly memory: Memory; readonly context: CallContext };

type Work<Tx, T, E> = (tx: Tx) => ResultAsync<T, E> | Promise<Result<T, E>>;
type Failure<E> = E | ConcurrentUpdate | IdempotencyOutcome;

const MOST_ATTEMPTS = 6;

/** Really rolls back, runs again after a concurrent update, and keeps answers under their keys. */
export class InMemoryUnitOfWork<Tx> implements UnitOfWork<Tx> {
  readonly #store: InMemoryStore;
  readonly #open: (transaction: InMemoryTransaction) => Tx;

  constructor(store: InMemoryStore, open: (transaction: InMemoryTransaction) => Tx) {
    this.#store = store;
    this.#open = open;
  }

  run<T, E>(context: CallContext, work: Work<Tx, T, E>): ResultAsync<T, Failure<E>> {
    return new ResultAsync(this.#attempt(context, work, 1));
  }

  async #attempt<T, E>(
    context: CallContext,
    work: Work<Tx, T, E>,
    attempt: number,
  ): Promise<Result<T, Failure<E>>> {
    const { idempotency: claim } = context;
    const outcome =
      claim === undefined
        ? await this.#store.transact((memory) => work(this.#open({ memory, context })))
        : await this.#underKey(claim, context, work);
    const mayRetry = attempt < MOST_ATTEMPTS && outcome.isErr() && isConflict(outcome.error);
    return mayRetry ? this.#attempt(context, work, attempt + 1) : outcome;
  }

  /** The key is taken before the turn comes: whoever finds it taken is told at once. */
  async #underKey<T, E>(
    claim: IdempotencyClaim,
    context: CallContext,
    work: Work<Tx, T, E>,
  ): Promise<Result<T, Failure<E>>> {
    const name = JSON.stringify([claim.scope, claim.key]);
    const { keysInFlight } = this.#store;
    if (keysInFlight.has(name)) return err({ code: 'core.idempotency_key_in_flight' });
    keysInFlight.add(name);
    try {
      return await this.#store.transact(async (memory): Promise<Result<T, Failure<E>>> => {
        const kept = memory.tables.keptAnswers.get(name);
        if (kept !== undefined) {
          return kept.fingerprint === claim.fingerprint
            ? err({ code: 'core.idempotent_replay', answer: kept.answer })
            : err({ code: 'core.idempotency_key_reused' });
        }
        const outcome: Result<T, Failure<E>> = await work(this.#open({ memory, context }));
        return outcome.andThen((value) => {
          const { fingerprint } = claim;
          memory.tables.keptAnswers.set(name, { fingerprint, answer: claim.answerOf(value) });
          return ok(value);
        });
      });
    } finally {
      keysInFlight.delete(name);
    }
  }
}

function isConflict(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'core.concurrent_update'
  );
}
