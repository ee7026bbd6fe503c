import { feedOf, type Feed, type FeedRequest } from '@kastoma/application/core';
import {
  webhookDeliveryPlaceOf,
  type ClaimedWebhookDelivery,
  type WebhookClaim,
  type WebhookDeliveryFilter,
  type WebhookDeliveryPlace,
  type WebhookDeliveryQueries,
  type WebhookDeliveryQueue,
  type WebhookDeliveryView,
} from '@kastoma/application/notifications';
import type { Instant, WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookUrl } from '@kastoma/domain/notifications';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';
import {
  toDeliveryView,
  webhookDeliveryColumns,
  type WebhookDeliveryRow,
} from './webhook-delivery-rows.ts';
import { toSecrets, type SecretColumns } from './webhook-endpoint-rows.ts';

type ClaimedRow = SecretColumns & {
  id: WebhookDeliveryId;
  endpoint_id: WebhookEndpointId;
  message_id: string;
  event_type: string;
  correlation_id: string;
  body: string;
  created_at: Date;
  attempts: number;
  url: WebhookUrl;
};

/** Messages as work to be done, and as the log of what was. */
export class PostgresWebhookDeliveryQueue implements WebhookDeliveryQueue, WebhookDeliveryQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async claim({
    limit,
    atMostForEach,
    exceptEndpoints,
    now,
    leaseEnds,
  }: WebhookClaim): Promise<readonly ClaimedWebhookDelivery[]> {
    const at = toTimestamp(now);
    const rows = await this.#sql<ClaimedRow[]>`
      with due as (
        select picked.id, endpoint.id as endpoint_id
        from notifications.webhook_endpoints endpoint
        cross join lateral (
          select id, due_at
          from notifications.webhook_deliveries
          where endpoint_id = endpoint.id and status = 'pending' and due_at <= ${at}
            and (claimed_until is null or claimed_until <= ${at})
          order by due_at, id
          limit ${atMostForEach}
          for update skip locked
        ) picked
        where endpoint.deleted_at is null and endpoint.active
          and endpoint.id <> all(${[...exceptEndpoints]}::uuid[])
        order by picked.due_at, picked.id
        limit ${limit}
      )
      update notifications.webhook_deliveries claimed
      set attempts = attempts + 1, claimed_until = ${toTimestamp(leaseEnds)}
      from due
      join notifications.webhook_endpoints endpoint on endpoint.id = due.endpoint_id
      where claimed.id = due.id
      returning
        claimed.id, claimed.endpoint_id, claimed.message_id, claimed.event_type,
        claimed.correlation_id, claimed.body, claimed.created_at, claimed.attempts, endpoint.url,
        endpoint.sealed_secret, endpoint.previous_sealed_secret, endpoint.previous_secret_until
    `;
    return rows.map(toClaimed);
  }

  async firstDueAt(): Promise<Instant | null> {
    const [row] = await this.#sql<{ first_due_at: Date | null }[]>`
      select min(first.due_at) as first_due_at
      from notifications.webhook_endpoints endpoint
      cross join lateral (
        select due_at
        from notifications.webhook_deliveries
        where endpoint_id = endpoint.id and status = 'pending'
        order by due_at
        limit 1
      ) first
      where endpoint.deleted_at is null and endpoint.active
    `;
    const first = row?.first_due_at ?? null;
    return first === null ? null : fromTimestamp(first);
  }

  async forget(createdBefore: Instant, limit: number): Promise<number> {
    const forgotten = await this.#sql`
      delete from notifications.webhook_deliveries
      where id in (
        select id
        from notifications.webhook_deliveries
        where created_at < ${toTimestamp(createdBefore)}
        order by created_at
        limit ${limit}
        for update skip locked
      )
    `;
    return forgotten.count;
  }

  async list(
    { endpointId, status, eventType }: WebhookDeliveryFilter,
    { after, pageSize }: FeedRequest<WebhookDeliveryPlace>,
  ): Promise<Feed<WebhookDeliveryView, WebhookDeliveryPlace>> {
    const sql = this.#sql;
    const rows = await sql<WebhookDeliveryRow[]>`
      select ${webhookDeliveryColumns(sql)}
      from notifications.webhook_deliveries
      where endpoint_id = ${endpointId}
        ${status === null ? sql`` : sql`and status = ${status}`}
        ${eventType === null ? sql`` : sql`and event_type = ${eventType}`}
        ${after === null ? sql`` : sql`and (created_at, id) < (${new Date(after.keys[0])}, ${after.keys[1]})`}
      order by created_at desc, id desc
      limit ${pageSize + 1}
    `;
    return feedOf(rows.map(toDeliveryView), pageSize, webhookDeliveryPlaceOf);
  }
}

function toClaimed(row: ClaimedRow): ClaimedWebhookDelivery {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    messageId: row.message_id,
    eventType: row.event_type,
    correlationId: row.correlation_id,
    body: row.body,
    createdAt: fromTimestamp(row.created_at),
    attempts: row.attempts,
    url: row.url,
    ...toSecrets(row),
  };
}
