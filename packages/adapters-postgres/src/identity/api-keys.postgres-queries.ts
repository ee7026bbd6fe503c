import { err, ok, ResultAsync } from 'neverthrow';

import type { Page, PageRequest } from '@kastoma/application/core';
import { viewApiKey, type ApiKeyQueries, type ApiKeyView } from '@kastoma/application/identity';
import type { ApiKeyId } from '@kastoma/domain/core';
import type { ApiKeyNotFound } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { instantOrNull } from '../core/timestamp.ts';
import { apiKeyColumns, toApiKey, type ApiKeyRow } from './api-key-rows.ts';

export class PostgresApiKeyQueries implements ApiKeyQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list({ page, pageSize }: PageRequest): Promise<Page<ApiKeyView>> {
    const sql = this.#sql;
    const [rows, counted] = await Promise.all([
      sql<ApiKeyRow[]>`
        select ${apiKeyColumns(sql)}
        from identity.api_keys
        order by created_at desc, id desc
        limit ${pageSize}
        offset ${(page - 1) * pageSize}
      `,
      countUpTo(sql, sql`from identity.api_keys`),
    ]);
    return pageOf(rows.map(toView), counted);
  }

  find(id: ApiKeyId): ResultAsync<ApiKeyView, ApiKeyNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<ApiKeyRow[]>`
      select ${apiKeyColumns(this.#sql)} from identity.api_keys where id = ${id}
    `).andThen(([row]) =>
      row === undefined ? err({ code: 'identity.api_key_not_found' as const }) : ok(toView(row)),
    );
  }
}

function toView(row: ApiKeyRow): ApiKeyView {
  return viewApiKey(toApiKey(row), instantOrNull(row.last_used_at));
}
