import type {
  WebhookDeliveryStatus,
  WebhookDeliveryView,
} from '@kastoma/application/notifications';
import type { WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, instantOrNull } from '../core/timestamp.ts';

export type WebhookDeliveryRow = {
  id: WebhookDeliveryId;
  endpoint_id: WebhookEndpointId;
  message_id: string;
  event_type: string;
  correlation_id: string;
  created_at: Date;
  status: WebhookDeliveryStatus;
  attempts: number;
  due_at: Date | null;
  last_attempt_at: Date | null;
  took_milliseconds: number | null;
  answered_status: number | null;
  last_error: string | null;
};

export function webhookDeliveryColumns(sql: Queryable) {
  return sql`
    id, endpoint_id, message_id, event_type, correlation_id, created_at, status, attempts, due_at,
    last_attempt_at, took_milliseconds, answered_status, last_error
  `;
}

export function toDeliveryView(row: WebhookDeliveryRow): WebhookDeliveryView {
  const endedAt = instantOrNull(row.last_attempt_at);
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    messageId: row.message_id,
    eventType: row.event_type,
    correlationId: row.correlation_id,
    createdAt: fromTimestamp(row.created_at),
    status: row.status,
    attempts: row.attempts,
    dueAt: instantOrNull(row.due_at),
    lastAttempt:
      endedAt === null
        ? null
        : {
            endedAt,
            tookMilliseconds: row.took_milliseconds ?? 0,
            answeredStatus: row.answered_status,
            error: row.last_error,
          },
  };
}
