import type { DomainEvent } from '../core/domain-event.ts';
import type { DisablingReason } from './webhook-endpoint.state.ts';

/** Which endpoint it is: never its address, which may hold a secret of the other side, nor a secret of ours. */
type Told = { readonly endpointId: string };

export type WebhookEndpointCreated = DomainEvent<
  'notifications.webhook_endpoint_created',
  Told & {
    /** Who made it. */
    readonly userId: string;
    /** Null for all. */
    readonly eventTypes: readonly string[] | null;
  }
>;

export type WebhookEndpointChanged = DomainEvent<
  'notifications.webhook_endpoint_changed',
  Told & { readonly active: boolean; readonly fields: readonly WebhookEndpointField[] }
>;

export type WebhookEndpointField = 'url' | 'description' | 'eventTypes' | 'active';

export type WebhookSecretRotated = DomainEvent<'notifications.webhook_secret_rotated', Told>;

/** By the shop itself. */
export type WebhookEndpointDisabled = DomainEvent<
  'notifications.webhook_endpoint_disabled',
  Told & {
    /** Who made it. */
    readonly userId: string;
    readonly reason: DisablingReason;
  }
>;

export type WebhookEndpointDeleted = DomainEvent<'notifications.webhook_endpoint_deleted', Told>;

export type NotificationsEvent =
  | WebhookEndpointCreated
  | WebhookEndpointChanged
  | WebhookSecretRotated
  | WebhookEndpointDisabled
  | WebhookEndpointDeleted;
