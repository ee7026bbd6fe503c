import { ResultAsync } from 'neverthrow';

import type {
  ChangeWebhookEndpoint,
  CreateWebhookEndpoint,
  DeleteWebhookEndpoint,
  PingWebhookEndpoint,
  ReplayWebhookDelivery,
  RotateWebhookSecret,
  WebhookDeliveryQueries,
  WebhookEndpointQueries,
  WebhookEndpointView,
} from '@kastoma/application/notifications';

import { nothingAnswer, pageOnlyQuery } from '../core/core.schemas.ts';
import { toFeedRequest } from '../core/cursors.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { presentDelivery, presentWebhook, presentWithSecret } from './webhooks.presenters.ts';
import {
  changeWebhookBody,
  createWebhookBody,
  rotateSecretBody,
  webhookAnswer,
  webhookDeliveriesQuery,
  webhookDeliveryAnswer,
  webhookDeliveryParams,
  webhookParams,
  webhookWithSecretAnswer,
} from './webhooks.schemas.ts';

export type WebhookUseCases = {
  readonly createWebhookEndpoint: CreateWebhookEndpoint;
  readonly changeWebhookEndpoint: ChangeWebhookEndpoint;
  readonly deleteWebhookEndpoint: DeleteWebhookEndpoint;
  readonly rotateWebhookSecret: RotateWebhookSecret;
  readonly pingWebhookEndpoint: PingWebhookEndpoint;
  readonly replayWebhookDelivery: ReplayWebhookDelivery;
  readonly webhookEndpointQueries: WebhookEndpointQueries;
  readonly webhookDeliveryQueries: WebhookDeliveryQueries;
};

const managed = { tag: 'Webhooks', permission: 'webhooks.manage' } as const;
const read = { tag: 'Webhooks', permission: 'webhooks.read' } as const;
const showsWebhook = { answer: webhookAnswer, present: presentWebhook } as const;
const showsSecret = {
  secret: true,
  answer: webhookWithSecretAnswer,
  present: presentWithSecret,
} as const;
const showsDelivery = { answer: webhookDeliveryAnswer, present: presentDelivery } as const;
const versionOf = ({ version }: WebhookEndpointView) => version;

export function webhookRoutes(useCases: WebhookUseCases): readonly Endpoint[] {
  return [...endpointRoutes(useCases), ...deliveryRoutes(useCases)];
}

function endpointRoutes({
  webhookEndpointQueries,
  ...useCases
}: WebhookUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...read,
      ...showsWebhook,
      method: 'get',
      path: '/webhooks',
      summary: 'List the webhook endpoints, the latest first',
      query: pageOnlyQuery,
      message: 'Webhook endpoints',
      handle: ({ query }) =>
        ResultAsync.fromSafePromise(webhookEndpointQueries.list(toPageRequest(query))),
    }),
    endpoint({
      ...managed,
      ...showsSecret,
      method: 'post',
      path: '/webhooks',
      summary: 'Have an endpoint told of what happens; its secret is shown this once',
      body: createWebhookBody,
      status: 201,
      message: 'Webhook endpoint created. Keep its secret now: it is not shown again.',
      versionOf,
      handle: ({ body: { url, description, event_types: eventTypes }, userId, context }) =>
        useCases.createWebhookEndpoint.execute(
          { url, description, eventTypes, createdBy: userId },
          context,
        ),
    }),
    endpoint({
      ...read,
      ...showsWebhook,
      method: 'get',
      path: '/webhooks/{id}',
      summary: 'Read a webhook endpoint',
      params: webhookParams,
      status: 200,
      message: 'Webhook endpoint',
      versionOf,
      handle: ({ params }) => webhookEndpointQueries.find(params.id),
    }),
    endpoint({
      ...managed,
      ...showsWebhook,
      method: 'patch',
      path: '/webhooks/{id}',
      summary: 'Change a webhook endpoint, or switch it off and on again',
      params: webhookParams,
      body: changeWebhookBody,
      ifMatch: 'accepted',
      status: 200,
      message: 'Webhook endpoint changed',
      versionOf,
      handle: ({ params: { id }, body, expectedVersion, context }) => {
        const { event_types: eventTypes, ...others } = body;
        const changes = { ...others, eventTypes };
        return useCases.changeWebhookEndpoint.execute({ id, changes, expectedVersion }, context);
      },
    }),
    endpoint({
      ...managed,
      method: 'delete',
      path: '/webhooks/{id}',
      summary: 'Delete a webhook endpoint; what was still to be sent to it is not',
      params: webhookParams,
      ifMatch: 'accepted',
      status: 200,
      message: 'Webhook endpoint deleted',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ params: { id }, expectedVersion, context }) =>
        useCases.deleteWebhookEndpoint.execute({ id, expectedVersion }, context),
    }),
    endpoint({
      ...managed,
      ...showsSecret,
      method: 'post',
      path: '/webhooks/{id}/rotate-secret',
      summary: 'Sign with a new secret, and for a while with the present one as well',
      params: webhookParams,
      body: rotateSecretBody,
      status: 200,
      message: 'Secret rotated. Keep the new one now: it is not shown again.',
      versionOf,
      handle: ({ params: { id }, body: { overlap_hours: overlapHours }, context }) =>
        useCases.rotateWebhookSecret.execute({ id, overlapHours }, context),
    }),
  ];
}

function deliveryRoutes({
  webhookEndpointQueries,
  webhookDeliveryQueries,
  ...useCases
}: WebhookUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...managed,
      ...showsDelivery,
      method: 'post',
      path: '/webhooks/{id}/ping',
      summary: 'Send an endpoint something to see whether it listens',
      params: webhookParams,
      idempotencyKey: 'accepted',
      status: 202,
      message: 'The endpoint is called',
      handle: ({ params, context }) => useCases.pingWebhookEndpoint.execute(params.id, context),
    }),
    listEndpoint({
      ...read,
      ...showsDelivery,
      method: 'get',
      path: '/webhooks/{id}/deliveries',
      summary: 'Read what was sent to an endpoint and how that went, the latest first',
      params: webhookParams,
      query: webhookDeliveriesQuery,
      message: 'Deliveries',
      handle: ({ params: { id: endpointId }, query }) => {
        const { status = null, event_type: eventType = null } = query;
        const filter = { endpointId, status, eventType };
        return webhookEndpointQueries
          .find(endpointId)
          .andThen(() =>
            ResultAsync.fromSafePromise(webhookDeliveryQueries.list(filter, toFeedRequest(query))),
          );
      },
    }),
    endpoint({
      ...managed,
      ...showsDelivery,
      method: 'post',
      path: '/webhooks/{id}/deliveries/{delivery_id}/replay',
      summary: 'Send a message once more, under the same id',
      params: webhookDeliveryParams,
      idempotencyKey: 'accepted',
      status: 202,
      message: 'The message is sent again',
      handle: ({ params, context }) =>
        useCases.replayWebhookDelivery.execute(params.id, params.delivery_id, context),
    }),
  ];
}
