import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { SecondFactorReader, SecondFactorRepository } from '@kastoma/application/identity';
import type { SecondFactorId, UserId } from '@kastoma/domain/core';
import {
  SecondFactor,
  type SealedSecret,
  type SecondFactorNotFound,
  type TokenHash,
} from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type FactorRow = {
  user_id: UserId;
  id: SecondFactorId;
  sealed_secret: SealedSecret;
  enrolled_at: Date;
  confirmed_at: Date | null;
  last_used_step: bigint | null;
  recovery_code_hashes: TokenHash[];
  version: number;
};

export class PostgresSecondFactorReader implements SecondFactorReader {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(userId: UserId): ResultAsync<SecondFactor, SecondFactorNotFound> {
    return findFactor(this.#sql, userId, { isHeld: false });
  }
}

export class PostgresSecondFactorRepository implements SecondFactorRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  hold(userId: UserId): ResultAsync<SecondFactor, SecondFactorNotFound> {
    return findFactor(this.#sql, userId, { isHeld: true });
  }

  save(factor: SecondFactor): ResultAsync<void, ConcurrentUpdate> {
    const written = factor.version === 0 ? this.#insert(factor) : this.#update(factor);
    return this.#concluded(written, factor);
  }

  remove(factor: SecondFactor): ResultAsync<void, ConcurrentUpdate> {
    const { id, userId } = factor.state;
    const deleted = this.#sql`
      delete from identity.second_factors
      where user_id = ${userId} and id = ${id} and version = ${factor.version}
    `;
    return this.#concluded(deleted, factor);
  }

  /** Two who enrol at once may both do so: the later one is kept. */
  #insert({ state: { id, userId, secret, enrolledAt } }: SecondFactor) {
    return this.#sql`
      insert into identity.second_factors (user_id, id, sealed_secret, enrolled_at, version)
      values (${userId}, ${id}, ${secret}, ${toTimestamp(enrolledAt)}, 1)
      on conflict (user_id) do update
      set
        id = excluded.id, sealed_secret = excluded.sealed_secret,
        enrolled_at = excluded.enrolled_at, last_used_step = null, version = 1
      where second_factors.confirmed_at is null
    `;
  }

  /** A step that was used stays used, whatever was read before. */
  #update({ state, version }: SecondFactor) {
    const { confirmedAt, lastUsedStep } = state;
    return this.#sql`
      update identity.second_factors
      set
        sealed_secret = ${state.secret},
        confirmed_at = ${confirmedAt === null ? null : toTimestamp(confirmedAt)},
        last_used_step = ${lastUsedStep},
        recovery_code_hashes = ${[...state.recoveryCodes]}::text[],
        version = version + 1
      where user_id = ${state.userId} and id = ${state.id} and version = ${version}
        and (last_used_step is null or last_used_step <= ${lastUsedStep}::bigint)
    `;
  }

  #concluded(
    written: PromiseLike<{ readonly count: number }>,
    { pending }: SecondFactor,
  ): ResultAsync<void, ConcurrentUpdate> {
    const conclude = async () => {
      const { count } = await written;
      if (count > 0) await this.#outbox.record(pending);
      return count > 0;
    };
    return ResultAsync.fromSafePromise(conclude()).andThen((isWritten) =>
      isWritten ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }
}

function findFactor(
  sql: Queryable,
  userId: UserId,
  { isHeld }: { readonly isHeld: boolean },
): ResultAsync<SecondFactor, SecondFactorNotFound> {
  return ResultAsync.fromSafePromise(sql<FactorRow[]>`
    select
      user_id, id, sealed_secret, enrolled_at, confirmed_at, last_used_step,
      recovery_code_hashes, version
    from identity.second_factors
    where user_id = ${userId}
    ${isHeld ? sql`for update` : sql``}
  `).andThen(([row]) =>
    row === undefined
      ? err({ code: 'identity.second_factor_not_found' as const })
      : ok(toFactor(row)),
  );
}

function toFactor(row: FactorRow): SecondFactor {
  const { confirmed_at: confirmedAt, last_used_step: lastUsedStep } = row;
  const state = {
    id: row.id,
    userId: row.user_id,
    secret: row.sealed_secret,
    enrolledAt: fromTimestamp(row.enrolled_at),
    confirmedAt: confirmedAt === null ? null : fromTimestamp(confirmedAt),
    lastUsedStep: lastUsedStep === null ? null : Number(lastUsedStep),
    recoveryCodes: row.recovery_code_hashes,
  };
  return SecondFactor.restore(state, row.version);
}
