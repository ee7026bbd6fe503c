import type { UserId, WebhookEndpointId } from '@kastoma/domain/core';
import {
  WebhookEndpoint,
  type DisablingReason,
  type PublicEventType,
  type SealedWebhookSecret,
  type WebhookEndpointState,
  type WebhookUrl,
} from '@kastoma/domain/notifications';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, instantOrNull } from '../core/timestamp.ts';

export type SecretColumns = {
  sealed_secret: SealedWebhookSecret;
  previous_sealed_secret: SealedWebhookSecret | null;
  previous_secret_until: Date | null;
};

export type WebhookEndpointRow = SecretColumns & {
  id: WebhookEndpointId;
  url: WebhookUrl;
  description: string;
  event_types: PublicEventType[] | null;
  active: boolean;
  disabled_because: DisablingReason | null;
  failing_since: Date | null;
  created_by: UserId;
  created_at: Date;
  deleted_at: Date | null;
  version: number;
};

export function webhookEndpointColumns(sql: Queryable) {
  return sql`
    id, url, description, event_types, active, disabled_because, sealed_secret, previous_sealed_secret,
    previous_secret_until, failing_since, created_by, created_at, deleted_at, version
  `;
}

/** Since when nothing has come through is nothing that the endpoint itself knows. */
export function toWebhookEndpoint(row: WebhookEndpointRow): WebhookEndpoint {
  const state: WebhookEndpointState = {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    active: row.active,
    disabledBecause: row.disabled_because,
    ...toSecrets(row),
    createdBy: row.created_by,
    createdAt: fromTimestamp(row.created_at),
    deletedAt: instantOrNull(row.deleted_at),
  };
  return WebhookEndpoint.restore(state, row.version);
}

export function toSecrets(
  row: SecretColumns,
): Pick<WebhookEndpointState, 'secret' | 'previousSecret'> {
  const { previous_sealed_secret: previous, previous_secret_until: until } = row;
  return {
    secret: row.sealed_secret,
    previousSecret:
      previous === null || until === null
        ? null
        : { secret: previous, until: fromTimestamp(until) },
  };
}
