import type {
  WebhookDeliveryView,
  WebhookEndpointView,
  WebhookEndpointWithSecret,
} from '@kastoma/application/notifications';
import { formatInstant, type Instant } from '@kastoma/domain/core';

export function presentWebhook(webhook: WebhookEndpointView) {
  return {
    id: webhook.id,
    url: webhook.url,
    description: webhook.description,
    event_types: webhook.eventTypes === null ? null : [...webhook.eventTypes],
    active: webhook.active,
    disabled_because: webhook.disabledBecause,
    failing_since: formatOrNull(webhook.failingSince),
    previous_secret_until: formatOrNull(webhook.previousSecretUntil),
    created_by: webhook.createdBy,
    created_at: formatInstant(webhook.createdAt),
    version: webhook.version,
  };
}

export function presentWithSecret(webhook: WebhookEndpointWithSecret) {
  return { ...presentWebhook(webhook), secret: webhook.secret };
}

export function presentDelivery(delivery: WebhookDeliveryView) {
  const { lastAttempt } = delivery;
  return {
    id: delivery.id,
    message_id: delivery.messageId,
    event_type: delivery.eventType,
    status: delivery.status,
    attempts: delivery.attempts,
    created_at: formatInstant(delivery.createdAt),
    due_at: formatOrNull(delivery.dueAt),
    last_attempt:
      lastAttempt === null
        ? null
        : {
            ended_at: formatInstant(lastAttempt.endedAt),
            took_milliseconds: lastAttempt.tookMilliseconds,
            answered_status: lastAttempt.answeredStatus,
            error: lastAttempt.error,
          },
    request_id: delivery.correlationId,
  };
}

function formatOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
