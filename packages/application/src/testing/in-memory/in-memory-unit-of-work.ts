import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { CallContext } from '../../core/call-context.ts';
import type { DeliveryKey, DeliveryOutcome } from '../../core/delivery.ts';
import type { IdempotencyClaim, IdempotencyOutcome } from '../../core/idempotency.ts';
import type { Inbox } from '../../core/inbox.port.ts';
import type { ConcurrentUpdate, UnitOfWork } from '../../core/unit-of-work.port.ts';
import type { InMemoryStore, Memory } from './in-memory-store.ts';
import { takeDelivery } from './outbox.in-memory-deliveries.ts';

/** What a context's repositories are built on. */
export type InMemoryTransaction = { readonly memory: Memory; readonly context: CallContext };

type Work<Tx, T, E> = (tx: Tx) => ResultAsync<T, E> | Promise<Result<T, E>>;
type Failure<E> = E | ConcurrentUpdate | IdempotencyOutcome;

const MOST_ATTEMPTS = 6;

/** Really rolls back, runs again after a concurrent update, and keeps answers under their keys. */
export class InMemoryUnitOfWork<Tx> implements UnitOfWork<Tx>, Inbox<Tx> {
  readonly #store: InMemoryStore;
  readonly #open: (transaction: InMemoryTransaction) => Tx;

  constructor(store: InMemoryStore, open: (transaction: InMemoryTransaction) => Tx) {
    this.#store = store;
    this.#open = open;
  }

  run<T, E>(context: CallContext, work: Work<Tx, T, E>): ResultAsync<T, Failure<E>> {
    const { idempotency: claim } = context;
    return new ResultAsync(
      untilNobodyWasFaster(async () =>
        claim === undefined
          ? this.#store.transact((memory) => work(this.#open({ memory, context })))
          : this.#underKey(claim, context, work),
      ),
    );
  }

  receive<E>(
    delivery: DeliveryKey,
    context: CallContext,
    work: Work<Tx, unknown, E>,
  ): ResultAsync<DeliveryOutcome, E | ConcurrentUpdate> {
    const workIfDue = async (memory: Memory): Promise<Result<DeliveryOutcome, E>> => {
      if (!takeDelivery(memory.tables, delivery)) return ok('not_due');
      const outcome = await work(this.#open({ memory, context }));
      return outcome.map(() => 'handled');
    };
    return new ResultAsync(untilNobodyWasFaster(async () => this.#store.transact(workIfDue)));
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

async function untilNobodyWasFaster<T, E>(
  transact: () => Promise<Result<T, E>>,
  attempt: number = 1,
): Promise<Result<T, E>> {
  const outcome = await transact();
  const mayRetry = attempt < MOST_ATTEMPTS && outcome.isErr() && isConflict(outcome.error);
  return mayRetry ? untilNobodyWasFaster(transact, attempt + 1) : outcome;
}

function isConflict(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'core.concurrent_update'
  );
}
