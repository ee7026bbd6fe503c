import type {
  TooManyStreams,
  UnknownStreamPosition,
  WebhookAddressRefused,
} from '@kastoma/application/notifications';
import type {
  EventTypesRequired,
  WebhookDeliveryNotFound,
  WebhookEndpointInactive,
  WebhookEndpointNotFound,
} from '@kastoma/domain/notifications';

import type { ProblemMap } from '../core/problem-map.ts';

export type NotificationsError =
  | EventTypesRequired
  | TooManyStreams
  | UnknownStreamPosition
  | WebhookAddressRefused
  | WebhookDeliveryNotFound
  | WebhookEndpointInactive
  | WebhookEndpointNotFound;

const ADDRESS_REASONS = {
  malformed: 'It is no address, or longer than 2,000 characters.',
  scheme: 'An endpoint is called over https.',
  credentials:
    'An address holds no name and password; whoever calls is proved by the signature of the message.',
  port: 'An endpoint listens at port 443, or at 1024 and above.',
  inside: 'The address leads into a network that is not everybody’s.',
  unresolvable: 'There is no such name.',
} as const satisfies Record<WebhookAddressRefused['reason'], string>;

export const NOTIFICATIONS_PROBLEMS: ProblemMap<NotificationsError> = {
  'notifications.event_types_required': {
    status: 422,
    describe: () => 'An endpoint is told of something: name at least one type, or null for all.',
  },
  'notifications.too_many_streams': {
    status: 503,
    describe: () => 'So many follow the orders already that there is no room. Try again shortly.',
    headers: ({ retryAfterSeconds }) => ({ 'Retry-After': String(retryAfterSeconds) }),
  },
  'notifications.unknown_stream_position': {
    status: 400,
    describe: () =>
      'It is no place of this stream. Send Last-Event-ID as the stream gave it, or leave it out to begin now.',
    field: 'Last-Event-ID',
  },
  'notifications.webhook_address_refused': {
    status: 422,
    describe: ({ reason }) => ADDRESS_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
  },
  'notifications.webhook_delivery_not_found': {
    status: 404,
    describe: () => 'There is no such delivery, or it was too long ago.',
  },
  'notifications.webhook_endpoint_inactive': {
    status: 409,
    describe: () => 'The endpoint is switched off: nothing is sent to it. Switch it on first.',
  },
  'notifications.webhook_endpoint_not_found': {
    status: 404,
    describe: () => 'There is no such webhook endpoint.',
  },
};
