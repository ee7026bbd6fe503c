import type { Container } from 'inversify';

import {
  notificationsUnitOfWork,
  PostgresOrderEventLog,
  PostgresWebhookDeliveryQueue,
  PostgresWebhookEndpointQueries,
} from '@kastoma/adapters-postgres';
import {
  ChangeWebhookEndpoint,
  CreateWebhookEndpoint,
  DeleteWebhookEndpoint,
  FollowOrderEvents,
  ForgetWebhookDeliveries,
  MailAboutOrder,
  MailDisabledEndpoint,
  PingWebhookEndpoint,
  PublishToWebhooks,
  ReplayWebhookDelivery,
  RotateWebhookSecret,
  SendWebhooks,
} from '@kastoma/application/notifications';

import type { Foundation } from './foundation.ts';
import { bind, bindValue } from './token.ts';
import { TOKENS as T } from './tokens.ts';

type Parts = Pick<Foundation, 'webhooks' | 'secondFactor' | 'isShuttingDown'>;

/** Who hears of what happens: programs of the merchant, staff who follow, and whoever ordered. */
export function bindNotifications(
  container: Container,
  { webhooks, secondFactor, isShuttingDown }: Parts,
): void {
  const { database, clock, ids, mailer, userReader: users } = T;
  const { notificationsUnitOfWork: unitOfWork, webhookSecrets, webhookAddresses } = T;
  const { webhookDeliveryQueue: queue, webhookEndpointQueries: endpointQueries } = T;
  bindValue(container, webhookSecrets, secondFactor.webhookSecrets);
  bindValue(container, webhookAddresses, webhooks.addresses);
  bind(container, unitOfWork, { database, clock, ids }, (given) =>
    notificationsUnitOfWork(given.database, given.clock, given.ids),
  );
  bind(
    container,
    endpointQueries,
    { database },
    (given) => new PostgresWebhookEndpointQueries(given.database),
  );
  bind(container, queue, { database }, (given) => new PostgresWebhookDeliveryQueue(given.database));
  bind(
    container,
    T.createWebhookEndpoint,
    { unitOfWork, webhookSecrets, webhookAddresses, ids, clock },
    (given) => new CreateWebhookEndpoint(given),
  );
  bind(
    container,
    T.changeWebhookEndpoint,
    { unitOfWork, webhookAddresses, clock },
    (given) => new ChangeWebhookEndpoint(given),
  );
  const changing = { unitOfWork, clock };
  bind(container, T.deleteWebhookEndpoint, changing, (given) => new DeleteWebhookEndpoint(given));
  bind(
    container,
    T.rotateWebhookSecret,
    { ...changing, webhookSecrets },
    (given) => new RotateWebhookSecret(given),
  );
  bind(
    container,
    T.pingWebhookEndpoint,
    { ...changing, ids },
    (given) => new PingWebhookEndpoint(given),
  );
  bind(container, T.replayWebhookDelivery, changing, (given) => new ReplayWebhookDelivery(given));
  bind(
    container,
    T.sendWebhooks,
    { unitOfWork, queue, webhookSecrets, clock, jitter: T.jitter },
    (given) => new SendWebhooks({ ...given, sender: webhooks.sender }),
  );
  bind(
    container,
    T.forgetWebhookDeliveries,
    { queue, clock },
    (given) => new ForgetWebhookDeliveries(given),
  );
  bind(
    container,
    T.followOrderEvents,
    { database, clock, pause: T.pause },
    ({ database: sql, ...given }) =>
      new FollowOrderEvents({ ...given, log: new PostgresOrderEventLog(sql), isShuttingDown }),
  );
  bind(container, T.publishToWebhooks, { ids, clock }, (given) => new PublishToWebhooks(given));
  bind(
    container,
    T.mailAboutOrder,
    { orderQueries: T.orderQueries, users, mailer, orderMails: T.accountMails },
    (given) => new MailAboutOrder(given),
  );
  bind(
    container,
    T.mailDisabledEndpoint,
    { endpointQueries, users, mailer },
    (given) => new MailDisabledEndpoint(given),
  );
}
