import type { FieldPath } from '../core/text.value.ts';

export type WebhookEndpointNotFound = { readonly code: 'notifications.webhook_endpoint_not_found' };
export type WebhookDeliveryNotFound = { readonly code: 'notifications.webhook_delivery_not_found' };
/** Nothing is sent to it. */
export type WebhookEndpointInactive = { readonly code: 'notifications.webhook_endpoint_inactive' };
/** An endpoint that is told of nothing is none. */
export type EventTypesRequired = {
  readonly code: 'notifications.event_types_required';
  readonly path: FieldPath;
};
