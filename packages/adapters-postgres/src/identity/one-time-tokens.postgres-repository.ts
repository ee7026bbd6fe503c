import { err, ok, ResultAsync } from 'neverthrow';

import type { OneTimeTokens, PresentedOneTimeToken } from '@kastoma/application/identity';
import type { Instant, UserId } from '@kastoma/domain/core';
import type { OneTimeToken, OneTimeTokenRefused, TokenPurpose } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';

type OwnerRow = { user_id: UserId };

export class PostgresOneTimeTokens implements OneTimeTokens {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  replace(token: OneTimeToken): ResultAsync<void, never> {
    const { userId, purpose, hash, createdAt, expiresAt } = token;
    return ResultAsync.fromSafePromise(this.#sql`
      insert into identity.one_time_tokens (user_id, purpose, hash, created_at, expires_at)
      values (${userId}, ${purpose}, ${hash}, ${toTimestamp(createdAt)}, ${toTimestamp(expiresAt)})
      on conflict (user_id, purpose) do update
      set
        hash = excluded.hash, created_at = excluded.created_at,
        expires_at = excluded.expires_at, used_at = null
    `).map(() => undefined);
  }

  ownerOf({ purpose, hash, at }: PresentedOneTimeToken): ResultAsync<UserId, OneTimeTokenRefused> {
    return ResultAsync.fromSafePromise(this.#sql<OwnerRow[]>`
      select user_id
      from identity.one_time_tokens
      where
        hash = ${hash} and purpose = ${purpose} and used_at is null
        and expires_at > ${toTimestamp(at)}
    `).andThen(onlyOwner);
  }

  /** Whoever comes second waits for the row, and then finds it used. */
  use({ purpose, hash, at }: PresentedOneTimeToken): ResultAsync<UserId, OneTimeTokenRefused> {
    return ResultAsync.fromSafePromise(this.#sql<OwnerRow[]>`
      update identity.one_time_tokens
      set used_at = ${toTimestamp(at)}
      where
        hash = ${hash} and purpose = ${purpose} and used_at is null
        and expires_at > ${toTimestamp(at)}
      returning user_id
    `).andThen(onlyOwner);
  }

  revoke(userId: UserId, purpose: TokenPurpose): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      delete from identity.one_time_tokens
      where user_id = ${userId} and purpose = ${purpose}
    `).map(() => undefined);
  }

  /** Looked for from end to end, once an hour: there are no more than two of each account. */
  forgetSpent(before: Instant, limit: number): ResultAsync<number, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      delete from identity.one_time_tokens
      where (user_id, purpose) in (
        select user_id, purpose
        from identity.one_time_tokens
        where least(used_at, expires_at) < ${toTimestamp(before)}
        limit ${limit}
        for update skip locked
      )
    `).map(({ count }) => count);
  }
}

function onlyOwner([row]: readonly OwnerRow[]) {
  return row === undefined
    ? err({ code: 'identity.one_time_token_refused' as const })
    : ok(row.user_id);
}
