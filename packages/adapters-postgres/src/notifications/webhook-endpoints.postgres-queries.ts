import { err, ok, ResultAsync } from 'neverthrow';

import type { Page, PageRequest } from '@kastoma/application/core';
import {
  viewWebhookEndpoint,
  type WebhookEndpointQueries,
  type WebhookEndpointView,
} from '@kastoma/application/notifications';
import type { WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookEndpointNotFound } from '@kastoma/domain/notifications';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { instantOrNull } from '../core/timestamp.ts';
import {
  toWebhookEndpoint,
  webhookEndpointColumns,
  type WebhookEndpointRow,
} from './webhook-endpoint-rows.ts';

export class PostgresWebhookEndpointQueries implements WebhookEndpointQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list({ page, pageSize }: PageRequest): Promise<Page<WebhookEndpointView>> {
    const sql = this.#sql;
    const those = sql`from notifications.webhook_endpoints where deleted_at is null`;
    const [rows, counted] = await Promise.all([
      sql<WebhookEndpointRow[]>`
        select ${webhookEndpointColumns(sql)}
        ${those}
        order by created_at desc, id desc
        limit ${pageSize}
        offset ${(page - 1) * pageSize}
      `,
      countUpTo(sql, those),
    ]);
    return pageOf(rows.map(toView), counted);
  }

  find(id: WebhookEndpointId): ResultAsync<WebhookEndpointView, WebhookEndpointNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<WebhookEndpointRow[]>`
      select ${webhookEndpointColumns(this.#sql)}
      from notifications.webhook_endpoints
      where id = ${id} and deleted_at is null
    `).andThen(([row]) =>
      row === undefined
        ? err({ code: 'notifications.webhook_endpoint_not_found' as const })
        : ok(toView(row)),
    );
  }
}

function toView(row: WebhookEndpointRow): WebhookEndpointView {
  return viewWebhookEndpoint(toWebhookEndpoint(row), instantOrNull(row.failing_since));
}
