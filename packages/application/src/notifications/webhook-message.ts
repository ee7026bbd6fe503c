import { formatInstant, type Instant } from '@kastoma/domain/core';

import type { NewWebhookDelivery } from './webhook-deliveries.port.ts';

/** Something that programs outside are told: nothing in it but what they may know. */
export type PublicEvent = {
  /** The same each time that it is told. */
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Instant;
  /** The request that it began with. */
  readonly correlationId: string;
  /** JSON, in the names of the wire. */
  readonly data: object;
};

/** The one form in which events leave the shop. */
export function bodyOf({ id, type, occurredAt, correlationId, data }: PublicEvent): string {
  const timestamp = formatInstant(occurredAt);
  return JSON.stringify({ id, type, timestamp, request_id: correlationId, data });
}

/** The event as a message for one endpoint. */
export function messageFor(
  event: PublicEvent,
  { id, endpointId }: Pick<NewWebhookDelivery, 'id' | 'endpointId'>,
  now: Instant,
): NewWebhookDelivery {
  const { id: messageId, type: eventType, correlationId } = event;
  const body = bodyOf(event);
  return { id, endpointId, messageId, eventType, correlationId, body, createdAt: now };
}
