import { setTimeout as pause } from 'node:timers/promises';

import { err, ResultAsync, type Err, type Result } from 'neverthrow';
import postgres from 'postgres';

import type {
  CallContext,
  Clock,
  ConcurrentUpdate,
  IdempotencyOutcome,
  UnitOfWork,
} from '@kastoma/application/core';

import type { Database, Queryable } from './database.ts';
import { claimIdempotencyKey, keepAnswer } from './idempotency-keys.ts';

/** What a context's repositories are built on. */
export type Transaction = { readonly sql: Queryable; readonly context: CallContext };

/** Locks are taken, and then it is read what their last holders committed: no other level will do. */
const ISOLATION = 'isolation level read committed';
const MOST_ATTEMPTS = 6;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

/** Carries an `err` out of `begin`, which commits when its callback merely returns one. */
class RolledBack extends Error {
  readonly outcome: Err<never, unknown>;

  constructor(outcome: Err<never, unknown>) {
    super('rolled back');
    this.outcome = outcome;
  }
}

export class PostgresUnitOfWork<Tx> implements UnitOfWork<Tx> {
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
    work: (tx: Tx) => ResultAsync<T, E> | Promise<Result<T, E>>,
  ): ResultAsync<T, E | ConcurrentUpdate | IdempotencyOutcome> {
    return new ResultAsync(this.#attempt(context, work, 1));
  }

  async #attempt<T, E>(
    context: CallContext,
    work: (tx: Tx) => ResultAsync<T, E> | Promise<Result<T, E>>,
    attempt: number,
  ): Promise<Result<T, E | ConcurrentUpdate | IdempotencyOutcome>> {
    try {
      return await this.#database.begin(ISOLATION, (sql) => this.#transact({ sql, context }, work));
    } catch (error) {
      const isConflict = meansConflict(error);
      if (isConflict && attempt < MOST_ATTEMPTS) {
        await pause(Math.random() * 10 * 2 ** attempt);
        return this.#attempt(context, work, attempt + 1);
      }
      if (error instanceof RolledBack) return error.outcome as Err<never, E>;
      if (isConflict) return err({ code: 'core.concurrent_update' });
      throw error;
    }
  }

  async #transact<T, E>(
    transaction: Transaction,
    work: (tx: Tx) => ResultAsync<T, E> | Promise<Result<T, E>>,
  ): Promise<Result<T, E>> {
    const { sql, context } = transaction;
    const claim = context.idempotency;
    if (claim !== undefined) {
      const claimed = await claimIdempotencyKey(sql, claim);
      if (claimed.isErr()) throw new RolledBack(claimed as Err<never, IdempotencyOutcome>);
    }
    const outcome = await work(this.#open(transaction));
    if (outcome.isErr()) throw new RolledBack(outcome as unknown as Err<never, E>);
    if (claim !== undefined) await keepAnswer(sql, claim, outcome.value, this.#clock.now());
    return outcome;
  }
}

/** Somebody else was faster: on what stands now, the same work may well succeed. */
function meansConflict(error: unknown): boolean {
  if (error instanceof RolledBack) return codeOf(error.outcome.error) === 'core.concurrent_update';
  if (!(error instanceof postgres.PostgresError)) return false;
  return error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK_DETECTED;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
