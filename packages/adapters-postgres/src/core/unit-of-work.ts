import { setTimeout as pause } from 'node:timers/promises';

import { err, ok, ResultAsync, type Err, type Result } from 'neverthrow';
import postgres from 'postgres';

import type {
  CallContext,
  Clock,
  ConcurrentUpdate,
  DeliveryKey,
  DeliveryOutcome,
  IdempotencyOutcome,
  Inbox,
  UnitOfWork,
} from '@kastoma/application/core';

import type { Database, Queryable } from './database.ts';
import { claimIdempotencyKey, endUnderKey, keepAnswer } from './idempotency-keys.ts';
import { LastWrites, Overtaken } from './last-writes.ts';
import { takeDelivery } from './outbox.postgres-deliveries.ts';

/** What a context's repositories are built on. */
export type Transaction = {
  readonly sql: Queryable;
  readonly context: CallContext;
  /** Goes out when the work ends. */
  readonly last: LastWrites;
};

type Work<Tx, T, E> = (tx: Tx) => ResultAsync<T, E> | Promise<Result<T, E>>;

/** Locks are taken, and then it is read what their last holders committed: no other level will do. */
const ISOLATION = 'isolation level read committed';
const MOST_ATTEMPTS = 6;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const UNIQUE_VIOLATION = '23505';

/** Two who are both in the right may hit these; whoever comes second finds another state of things. */
const RACED_FOR = new Set<unknown>(['orders_cart_id_key']);

/** Carries an `err` out of `begin`, which commits when its callback merely returns one. */
class RolledBack extends Error {
  readonly outcome: Err<never, unknown>;

  constructor(outcome: Err<never, unknown>) {
    super('rolled back');
    this.outcome = outcome;
  }
}

export class PostgresUnitOfWork<Tx> implements UnitOfWork<Tx>, Inbox<Tx> {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #open: (transaction: Transaction) => Tx;

  constructor(database: Database, clock: Clock, open: (transaction: Transaction) => Tx) {
    this.#database = database;
    this.#clock = clock;
    this.#open = open;
  }

  run<T, E>(
    context: CallContext,
    work: Work<Tx, T, E>,
  ): ResultAsync<T, E | ConcurrentUpdate | IdempotencyOutcome> {
    return new ResultAsync(
      this.#attempt(async (sql) => this.#workUnderKey(begun(sql, context), work), 1),
    );
  }

  receive<E>(
    delivery: DeliveryKey,
    context: CallContext,
    work: Work<Tx, unknown, E>,
  ): ResultAsync<DeliveryOutcome, E | ConcurrentUpdate> {
    return new ResultAsync(
      this.#attempt(async (sql) => this.#workIfDue(delivery, begun(sql, context), work), 1),
    );
  }

  async #attempt<T, E>(
    transact: (sql: Queryable) => Promise<Result<T, E>>,
    attempt: number,
  ): Promise<Result<T, E | ConcurrentUpdate>> {
    try {
      return await this.#database.begin(ISOLATION, async (sql) => {
        const outcome = await transact(sql);
        if (outcome.isErr()) throw new RolledBack(outcome as unknown as Err<never, E>);
        return outcome;
      });
    } catch (error) {
      const isConflict = meansConflict(error);
      if (isConflict && attempt < MOST_ATTEMPTS) {
        await pause(Math.random() * 10 * 2 ** attempt);
        return this.#attempt(transact, attempt + 1);
      }
      if (error instanceof RolledBack) return error.outcome as Err<never, E>;
      if (isConflict) return err({ code: 'core.concurrent_update' });
      throw error;
    }
  }

  async #workUnderKey<T, E>(
    transaction: Transaction,
    work: Work<Tx, T, E>,
  ): Promise<Result<T, E | IdempotencyOutcome>> {
    const { sql, context, last } = transaction;
    const claim = context.idempotency;
    const claims = claim !== undefined && claim.step === undefined;
    if (claims) {
      const claimed = await claimIdempotencyKey(sql, claim);
      if (claimed.isErr()) return err(claimed.error);
    }
    const outcome = await work(this.#open(transaction));
    if (outcome.isErr()) return outcome;
    if (claims) keepAnswer(last, claim, outcome.value, this.#clock.now());
    else if (claim !== undefined) await endUnderKey(sql, claim, outcome.value);
    await last.send();
    return outcome;
  }

  async #workIfDue<E>(
    delivery: DeliveryKey,
    transaction: Transaction,
    work: Work<Tx, unknown, E>,
  ): Promise<Result<DeliveryOutcome, E>> {
    if (!(await takeDelivery(transaction.sql, delivery, this.#clock.now()))) return ok('not_due');
    const outcome = await work(this.#open(transaction));
    if (outcome.isOk()) await transaction.last.send();
    return outcome.map(() => 'handled');
  }
}

function begun(sql: Queryable, context: CallContext): Transaction {
  return { sql, context, last: new LastWrites(sql) };
}

/** Somebody else was faster: on what stands now, the same work may well succeed. */
function meansConflict(error: unknown): boolean {
  if (error instanceof RolledBack) return codeOf(error.outcome.error) === 'core.concurrent_update';
  if (error instanceof Overtaken) return true;
  if (!(error instanceof postgres.PostgresError)) return false;
  if (error.code === UNIQUE_VIOLATION) return RACED_FOR.has(error.constraint_name);
  return error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK_DETECTED;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
