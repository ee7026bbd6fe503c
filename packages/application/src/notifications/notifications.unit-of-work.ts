import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { WebhookDeliveries } from './webhook-deliveries.port.ts';
import type { WebhookEndpointQueries } from './webhook-endpoint-queries.port.ts';
import type { WebhookEndpointRepository } from './webhook-endpoint-repository.port.ts';

export type NotificationsTx = {
  readonly endpoints: WebhookEndpointRepository;
  readonly endpointQueries: WebhookEndpointQueries;
  readonly deliveries: WebhookDeliveries;
};

export type NotificationsUnitOfWork = UnitOfWork<NotificationsTx>;
