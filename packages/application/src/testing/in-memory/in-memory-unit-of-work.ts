import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { CallContext } from '../../core/call-context.ts';
import type { DeliveryKey, DeliveryOutcome } from '../../core/delivery.ts';
import type { IdempotencyClaim, IdempotencyOutcome } from '../../core/idempotency.ts';
import type { Inbox } from '../../core/inbox.port.ts';
import type { ConcurrentUpdate, UnitOfWork } from '../../core/unit-of-work.port.ts';
import type { InMemoryStore, Memory, StoredAnswer } from './in-memory-store.ts';
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
    if (claim.step !== undefined) return this.#endUnderKey(name, claim, context, work);
    const { keysInFlight } = this.#store;
    if (keysInFlight.has(name)) return err({ code: 'core.idempotency_key_in_flight' });
    keysInFlight.add(name);
    try {
      return await this.#store.transact(async (memory): Promise<Result<T, Failure<E>>> => {
        const kept = memory.tables.keptAnswers.get(name);
        if (kept !== undefined) {
          return kept.fingerprint === claim.fingerprint
            ? err(replayOf(kept))
            : err({ code: 'core.idempotency_key_reused' });
        }
        const outcome: Result<T, Failure<E>> = await work(this.#open({ memory, context }));
        return outcome.andThen((value) => {
          const { fingerprint, answerOf, intentOf } = claim;
          const [answer, intent] = [answerOf(value), intentOf?.(value) ?? null];
          memory.tables.keptAnswers.set(name, { fingerprint, answer, intent });
          return ok(value);
        });
      });
    } finally {
      keysInFlight.delete(name);
    }
  }

  /** What was begun under the key has its final answer, or the key is free again. */
  async #endUnderKey<T, E>(
    name: string,
    claim: IdempotencyClaim,
    context: CallContext,
    work: Work<Tx, T, E>,
  ): Promise<Result<T, Failure<E>>> {
    return this.#store.transact(async (memory) => {
      const outcome = await work(this.#open({ memory, context }));
      const { keptAnswers } = memory.tables;
      const kept = keptAnswers.get(name);
      if (outcome.isErr() || kept === undefined || kept.intent === null) return outcome;
      if (claim.step === 'release') keptAnswers.delete(name);
      else keptAnswers.set(name, { ...kept, answer: claim.answerOf(outcome.value), intent: null });
      return outcome;
    });
  }
}

function replayOf({ answer, intent }: StoredAnswer): IdempotencyOutcome {
  const replay = { code: 'core.idempotent_replay', answer } as const;
  return intent === null ? replay : { ...replay, intent };
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
