import type { Instant, UserId, WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';
import {
  WebhookEndpoint,
  type CreateWebhookEndpointInput,
  type SealedWebhookSecret,
  type WebhookUrl,
} from '@kastoma/domain/notifications';

import type { NewWebhookDelivery } from '../../notifications/webhook-deliveries.port.ts';
import { BUILT_AT, builderIds } from './builder-ids.ts';

/** An endpoint that was not stored yet. */
export function aWebhookEndpoint(
  createdBy: UserId,
  wishes: Partial<CreateWebhookEndpointInput> = {},
): WebhookEndpoint {
  const id = wishes.id ?? builderIds.next<WebhookEndpointId>();
  return WebhookEndpoint.create({
    id,
    url: 'https://erp.example.com/hooks' as WebhookUrl,
    description: 'The warehouse',
    eventTypes: null,
    secret: `sealed ${id} whsec_1` as SealedWebhookSecret,
    createdBy,
    at: BUILT_AT as Instant,
    ...wishes,
  })._unsafeUnwrap();
}

/** A message for an endpoint that was not stored yet. */
export function aWebhookDelivery(
  endpointId: WebhookEndpointId,
  wishes: Partial<NewWebhookDelivery> = {},
): NewWebhookDelivery {
  return {
    id: builderIds.next<WebhookDeliveryId>(),
    endpointId,
    messageId: builderIds.next<string>(),
    eventType: 'order.placed',
    correlationId: 'asked',
    body: '{"told":"Ünïcode, \\" and all"}',
    createdAt: BUILT_AT as Instant,
    ...wishes,
  };
}
