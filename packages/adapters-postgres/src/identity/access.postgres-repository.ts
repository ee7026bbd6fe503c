import { ResultAsync } from 'neverthrow';

import type { AccessRepository, AccessRevocation } from '@kastoma/application/identity';
import { defect, type Instant, type SessionId, type UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';

export class PostgresAccessRepository implements AccessRepository {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  voidTokens(userId: UserId): ResultAsync<AccessRevocation, never> {
    return ResultAsync.fromSafePromise(this.#voidTokens(userId));
  }

  endSessions(
    userId: UserId,
    at: Instant,
    kept: SessionId | null = null,
  ): ResultAsync<AccessRevocation, never> {
    return ResultAsync.fromSafePromise(this.#endSessions(userId, at, kept));
  }

  async #voidTokens(userId: UserId): Promise<AccessRevocation> {
    const version = await this.#raiseVersion(userId);
    // The session's version is raised as well, so that a refresh that is under way reads the account anew.
    await this.#sql`
      update identity.sessions
      set token_version = ${version}, version = version + 1
      where user_id = ${userId} and revoked_at is null and token_version = ${version - 1}
    `;
    return { kind: 'user', userId, firstGoodVersion: version };
  }

  async #endSessions(
    userId: UserId,
    at: Instant,
    kept: SessionId | null,
  ): Promise<AccessRevocation> {
    const version = await this.#raiseVersion(userId);
    const isKept = this.#sql`(id is not distinct from ${kept}::uuid and token_version = ${version - 1})`;
    await this.#sql`
      update identity.sessions
      set
        token_version = case when ${isKept} then ${version}::integer else token_version end,
        revoked_at = case when ${isKept} then null else ${toTimestamp(at)}::timestamptz end,
        version = version + 1
      where user_id = ${userId} and revoked_at is null
    `;
    return { kind: 'user', userId, firstGoodVersion: version };
  }

  /** The row is locked from here on: two who take access back do so one after the other. */
  async #raiseVersion(userId: UserId): Promise<number> {
    const [raised] = await this.#sql<{ token_version: number }[]>`
      update identity.users
      set token_version = token_version + 1
      where id = ${userId}
      returning token_version
    `;
    return raised?.token_version ?? defect(`There is no user ${userId} whose access to take back.`);
  }
}
