import type { Clock, IdGenerator } from '@kastoma/application/core';
import type { NotificationsTx } from '@kastoma/application/notifications';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresWebhookDeliveries } from './webhook-deliveries.postgres-repository.ts';
import { PostgresWebhookEndpointQueries } from './webhook-endpoints.postgres-queries.ts';
import { PostgresWebhookEndpointRepository } from './webhook-endpoints.postgres-repository.ts';

export function notificationsUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
): PostgresUnitOfWork<NotificationsTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => ({
    endpoints: new PostgresWebhookEndpointRepository(sql, new Outbox(sql, context, ids)),
    endpointQueries: new PostgresWebhookEndpointQueries(sql),
    deliveries: new PostgresWebhookDeliveries(sql),
  }));
}
