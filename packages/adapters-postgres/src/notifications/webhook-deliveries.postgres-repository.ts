import { err, ok, ResultAsync } from 'neverthrow';

import type {
  NewWebhookDelivery,
  WebhookAttempt,
  WebhookDeliveries,
  WebhookDeliveryFate,
  WebhookDeliveryView,
} from '@kastoma/application/notifications';
import type { Instant, WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookDeliveryNotFound } from '@kastoma/domain/notifications';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';
import {
  toDeliveryView,
  webhookDeliveryColumns,
  type WebhookDeliveryRow,
} from './webhook-delivery-rows.ts';

export class PostgresWebhookDeliveries implements WebhookDeliveries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  add(deliveries: readonly NewWebhookDelivery[]): ResultAsync<void, never> {
    const rows = deliveries.map((delivery) => ({
      id: delivery.id,
      endpoint_id: delivery.endpointId,
      message_id: delivery.messageId,
      event_type: delivery.eventType,
      correlation_id: delivery.correlationId,
      body: delivery.body,
      created_at: toTimestamp(delivery.createdAt),
      due_at: toTimestamp(delivery.createdAt),
    }));
    return ResultAsync.fromSafePromise(this.#sql`
      insert into notifications.webhook_deliveries ${this.#sql(rows)}
      on conflict (endpoint_id, message_id) do nothing
    `).map(() => undefined);
  }

  /** Whoever sends it right now has it until they are done. */
  replay(
    endpointId: WebhookEndpointId,
    id: WebhookDeliveryId,
    now: Instant,
  ): ResultAsync<WebhookDeliveryView, WebhookDeliveryNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<WebhookDeliveryRow[]>`
      update notifications.webhook_deliveries
      set
        status = 'pending',
        attempts = case status when 'pending' then attempts else 0 end,
        due_at = ${toTimestamp(now)}
      where id = ${id} and endpoint_id = ${endpointId}
      returning ${webhookDeliveryColumns(this.#sql)}
    `).andThen(([row]) =>
      row === undefined
        ? err({ code: 'notifications.webhook_delivery_not_found' as const })
        : ok(toDeliveryView(row)),
    );
  }

  settle(
    { id, attempts }: { readonly id: WebhookDeliveryId; readonly attempts: number },
    { endedAt, tookMilliseconds, answeredStatus, error }: WebhookAttempt,
    fate: WebhookDeliveryFate,
  ): ResultAsync<boolean, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      update notifications.webhook_deliveries
      set
        status = ${fate.status},
        due_at = ${fate.status === 'pending' ? toTimestamp(fate.dueAt) : null},
        claimed_until = null,
        last_attempt_at = ${toTimestamp(endedAt)},
        took_milliseconds = ${tookMilliseconds},
        answered_status = ${answeredStatus},
        last_error = ${error}
      where id = ${id} and status = 'pending' and attempts = ${attempts}
    `).map(({ count }) => count === 1);
  }
}
