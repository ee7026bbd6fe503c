import type { ResultAsync } from 'neverthrow';

import type { Instant, WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookDeliveryNotFound } from '@kastoma/domain/notifications';

/** One message for one endpoint, to be sent. */
export type NewWebhookDelivery = {
  readonly id: WebhookDeliveryId;
  readonly endpointId: WebhookEndpointId;
  /** By which receivers know a message again: the event's, whoever it is sent to and however often. */
  readonly messageId: string;
  readonly eventType: string;
  readonly correlationId: string;
  /** The bytes that are signed and sent. */
  readonly body: string;
  readonly createdAt: Instant;
};

export const WEBHOOK_DELIVERY_STATUSES = ['pending', 'delivered', 'quarantined'] as const;
export type WebhookDeliveryStatus = (typeof WEBHOOK_DELIVERY_STATUSES)[number];

/** How one attempt went. */
export type WebhookAttempt = {
  readonly endedAt: Instant;
  readonly tookMilliseconds: number;
  /** What the other side answered; null where it did not. */
  readonly answeredStatus: number | null;
  /** Why it did not come through, as a code; null where it did. */
  readonly error: string | null;
};

/** What becomes of a delivery after an attempt. */
export type WebhookDeliveryFate =
  | { readonly status: 'delivered' | 'quarantined' }
  | { readonly status: 'pending'; readonly dueAt: Instant };

/** A delivery as the log shows it. */
export type WebhookDeliveryView = Omit<NewWebhookDelivery, 'body'> & {
  readonly status: WebhookDeliveryStatus;
  /** Begun ones; from the beginning again after a replay. */
  readonly attempts: number;
  /** When it is tried next; null of one that is not. */
  readonly dueAt: Instant | null;
  /** Null before the first has ended. */
  readonly lastAttempt: WebhookAttempt | null;
};

export interface WebhookDeliveries {
  /** Those that an endpoint has of a message already are left alone. */
  add(deliveries: readonly NewWebhookDelivery[]): ResultAsync<void, never>;
  /** Makes it due at once; one that was delivered or given up has all attempts before it. */
  replay(
    endpointId: WebhookEndpointId,
    id: WebhookDeliveryId,
    now: Instant,
  ): ResultAsync<WebhookDeliveryView, WebhookDeliveryNotFound>;
  /** False where somebody else has taken the delivery since, or it was replayed: their word counts. */
  settle(
    claimed: { readonly id: WebhookDeliveryId; readonly attempts: number },
    attempt: WebhookAttempt,
    fate: WebhookDeliveryFate,
  ): ResultAsync<boolean, never>;
}
