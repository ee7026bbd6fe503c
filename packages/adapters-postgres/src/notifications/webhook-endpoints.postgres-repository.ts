import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { WebhookEndpointRepository } from '@kastoma/application/notifications';
import type { Instant, WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookEndpoint, WebhookEndpointNotFound } from '@kastoma/domain/notifications';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { instantOrNull, timestampOrNull, toTimestamp } from '../core/timestamp.ts';
import {
  toWebhookEndpoint,
  webhookEndpointColumns,
  type WebhookEndpointRow,
} from './webhook-endpoint-rows.ts';

export class PostgresWebhookEndpointRepository implements WebhookEndpointRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(endpoint: WebhookEndpoint): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#insert(endpoint));
  }

  find(id: WebhookEndpointId): ResultAsync<WebhookEndpoint, WebhookEndpointNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<WebhookEndpointRow[]>`
      select ${webhookEndpointColumns(this.#sql)}
      from notifications.webhook_endpoints
      where id = ${id} and deleted_at is null
      for update
    `).andThen(([row]) =>
      row === undefined
        ? err({ code: 'notifications.webhook_endpoint_not_found' as const })
        : ok(toWebhookEndpoint(row)),
    );
  }

  save(endpoint: WebhookEndpoint): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(endpoint)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  subscribedTo(type: string): ResultAsync<readonly WebhookEndpointId[], never> {
    return ResultAsync.fromSafePromise(this.#sql<{ id: WebhookEndpointId }[]>`
      select id
      from notifications.webhook_endpoints
      where deleted_at is null and active and (event_types is null or ${type} = any(event_types))
    `).map((rows) => rows.map(({ id }) => id));
  }

  noteAttempt(
    id: WebhookEndpointId,
    cameThrough: boolean,
    at: Instant,
  ): ResultAsync<Instant | null, never> {
    return ResultAsync.fromSafePromise(this.#noteAttempt(id, cameThrough, at));
  }

  /** Writes only where it makes a difference, so that those who deliver to one endpoint do not wait for each other. */
  async #noteAttempt(id: WebhookEndpointId, cameThrough: boolean, at: Instant) {
    const [row] = await this.#sql<{ failing_since: Date | null }[]>`
      with noted as (
        update notifications.webhook_endpoints
        set failing_since = ${cameThrough ? null : toTimestamp(at)}
        where id = ${id} and (failing_since is null) <> ${cameThrough}
        returning failing_since
      )
      select failing_since from noted
      union all
      select failing_since
      from notifications.webhook_endpoints
      where id = ${id} and not exists (select from noted)
    `;
    return instantOrNull(row?.failing_since ?? null);
  }

  async #insert({ state, version, pending }: WebhookEndpoint): Promise<void> {
    await this.#sql`
      insert into notifications.webhook_endpoints (
        id, url, description, event_types, active, disabled_because, sealed_secret,
        previous_sealed_secret, previous_secret_until, created_by, created_at, version
      )
      values (
        ${state.id}, ${state.url}, ${state.description}, ${listOrNull(state.eventTypes)}::text[],
        ${state.active}, ${state.disabledBecause}, ${state.secret},
        ${state.previousSecret?.secret ?? null},
        ${timestampOrNull(state.previousSecret?.until ?? null)}, ${state.createdBy},
        ${toTimestamp(state.createdAt)}, ${version}
      )
    `;
    await this.#outbox.record(pending);
  }

  async #update({ state, version, pending }: WebhookEndpoint): Promise<boolean> {
    const updated = await this.#sql`
      update notifications.webhook_endpoints
      set
        url = ${state.url},
        description = ${state.description},
        event_types = ${listOrNull(state.eventTypes)}::text[],
        active = ${state.active},
        disabled_because = ${state.disabledBecause},
        sealed_secret = ${state.secret},
        previous_sealed_secret = ${state.previousSecret?.secret ?? null},
        previous_secret_until = ${timestampOrNull(state.previousSecret?.until ?? null)},
        deleted_at = ${timestampOrNull(state.deletedAt)},
        version = ${version}
      where id = ${state.id} and version = ${version - pending.length}
      returning id
    `;
    if (updated.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}

function listOrNull(types: readonly string[] | null): string[] | null {
  return types === null ? null : [...types];
}
