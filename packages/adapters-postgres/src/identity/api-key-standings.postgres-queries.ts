import type { ApiKeyStanding, ApiKeyStandings } from '@kastoma/application/identity';
import type { ApiKeyId, Instant } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { instantOrNull, toTimestamp } from '../core/timestamp.ts';
import type { ApiKeyRow } from './api-key-rows.ts';

type StandingRow = Pick<ApiKeyRow, 'id' | 'hash' | 'scopes' | 'expires_at' | 'last_used_at'>;

/** One row by its prefix for each key that is held against the store. */
export class PostgresApiKeyStandings implements ApiKeyStandings {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async find(prefix: string): Promise<ApiKeyStanding | null> {
    const [row] = await this.#sql<StandingRow[]>`
      select id, hash, scopes, expires_at, last_used_at
      from identity.api_keys
      where prefix = ${prefix} and revoked_at is null
    `;
    if (row === undefined) return null;
    const { id, hash, scopes, expires_at: expiresAt, last_used_at: lastUsedAt } = row;
    return {
      id,
      hash,
      scopes,
      expiresAt: instantOrNull(expiresAt),
      lastUsedAt: instantOrNull(lastUsedAt),
    };
  }

  async noteUse(id: ApiKeyId, at: Instant, unlessSince: Instant): Promise<void> {
    await this.#sql`
      update identity.api_keys
      set last_used_at = ${toTimestamp(at)}
      where id = ${id} and (last_used_at is null or last_used_at <= ${toTimestamp(unlessSince)})
    `;
  }
}
