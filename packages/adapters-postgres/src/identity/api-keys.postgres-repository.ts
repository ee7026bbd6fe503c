import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { ApiKeyRepository } from '@kastoma/application/identity';
import type { ApiKeyId } from '@kastoma/domain/core';
import type { ApiKey, ApiKeyNotFound } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { timestampOrNull, toTimestamp } from '../core/timestamp.ts';
import { apiKeyColumns, toApiKey, type ApiKeyRow } from './api-key-rows.ts';

export class PostgresApiKeyRepository implements ApiKeyRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(apiKey: ApiKey): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#insert(apiKey));
  }

  find(id: ApiKeyId): ResultAsync<ApiKey, ApiKeyNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<ApiKeyRow[]>`
      select ${apiKeyColumns(this.#sql)}
      from identity.api_keys
      where id = ${id}
      for update
    `).andThen(([row]) =>
      row === undefined ? err({ code: 'identity.api_key_not_found' as const }) : ok(toApiKey(row)),
    );
  }

  save(apiKey: ApiKey): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(apiKey)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  async #insert({ state, version, pending }: ApiKey): Promise<void> {
    await this.#sql`
      insert into identity.api_keys (
        id, prefix, hash, name, scopes, created_by, created_at, expires_at, version
      )
      values (
        ${state.id}, ${state.prefix}, ${state.hash}, ${state.name}, ${[...state.scopes]}::text[],
        ${state.createdBy}, ${toTimestamp(state.createdAt)}, ${timestampOrNull(state.expiresAt)},
        ${version}
      )
    `;
    await this.#outbox.record(pending);
  }

  async #update({ state, version, pending }: ApiKey): Promise<boolean> {
    const updated = await this.#sql`
      update identity.api_keys
      set
        name = ${state.name},
        scopes = ${[...state.scopes]}::text[],
        revoked_at = ${timestampOrNull(state.revokedAt)},
        version = ${version}
      where id = ${state.id} and version = ${version - pending.length}
      returning id
    `;
    if (updated.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}
