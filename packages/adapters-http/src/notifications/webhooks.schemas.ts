import { z } from '@hono/zod-openapi';

import { WEBHOOK_DELIVERY_STATUSES } from '@kastoma/application/notifications';
import { parseId, type WebhookDeliveryId, type WebhookEndpointId } from '@kastoma/domain/core';
import { PING_TYPE, PUBLIC_EVENT_TYPES } from '@kastoma/domain/notifications';

import { orNull, readBy, textField, timeAnswer } from '../core/core.schemas.ts';
import { cursorKey, feedQuery } from '../core/cursors.ts';

const endpointIdField = z.string().transform(readBy(parseId<WebhookEndpointId>));

export const webhookParams = z.object({ id: endpointIdField });

export const webhookDeliveryParams = z.object({
  id: endpointIdField,
  delivery_id: z.string().transform(readBy(parseId<WebhookDeliveryId>)),
});

const urlField = textField.openapi({
  example: 'https://erp.example.com/hooks/kastoma',
  description: 'Called over https; never an address that leads into a network of one’s own.',
});
const descriptionField = textField.openapi({ example: 'The warehouse' });
const eventTypesField = z
  .array(z.enum(PUBLIC_EVENT_TYPES))
  .max(100)
  .nullable()
  .openapi({ description: 'What it is told of; null for all, those of later versions included.' });

export const createWebhookBody = z.strictObject({
  url: urlField,
  description: descriptionField.default(''),
  event_types: eventTypesField.default(null),
});

export const changeWebhookBody = z.strictObject({
  url: urlField.optional(),
  description: descriptionField.optional(),
  event_types: eventTypesField.optional(),
  active: z.boolean().optional().openapi({ description: 'Whether anything is sent to it.' }),
});

const LONGEST_OVERLAP_HOURS = 168;

export const rotateSecretBody = z.strictObject({
  overlap_hours: z.int().min(0).max(LONGEST_OVERLAP_HOURS).default(24).openapi({
    description:
      'For so long the present secret signs beside the new one; 0 where others have come to know it.',
  }),
});

const webhookShape = {
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  event_types: orNull(z.array(z.string().openapi({ example: 'order.placed' }))),
  active: z.boolean(),
  disabled_because: orNull(z.enum(['failing', 'gone'])).openapi({
    description:
      'Why the shop has switched it off: nothing came through for more than a day, or it answered 410.',
  }),
  failing_since: orNull(timeAnswer).openapi({
    description: 'Since then nothing has come through; null where the last attempt did.',
  }),
  previous_secret_until: orNull(timeAnswer).openapi({
    description: 'Until then the secret before the present one signs as well.',
  }),
  created_by: z.uuid().openapi({ description: 'The account of who made it.' }),
  created_at: timeAnswer,
  version: z.int(),
};

export const webhookAnswer = z.object(webhookShape).openapi('WebhookEndpoint');

export const webhookWithSecretAnswer = z
  .object({
    ...webhookShape,
    secret: z.string().openapi({
      example: 'whsec_…',
      description:
        'What messages are signed with, by the scheme of Standard Webhooks: shown this once.',
    }),
  })
  .openapi('WebhookEndpointWithSecret');

export const webhookDeliveriesQuery = z.object({
  ...feedQuery({ newest: z.tuple([cursorKey.instant, cursorKey.id]) }),
  status: z.enum(WEBHOOK_DELIVERY_STATUSES).optional(),
  event_type: z.enum([...PUBLIC_EVENT_TYPES, PING_TYPE]).optional(),
});

export const webhookDeliveryAnswer = z
  .object({
    id: z.uuid(),
    message_id: z.uuid().openapi({
      description: 'What `webhook-id` says: the same for every attempt and every replay.',
    }),
    event_type: z.string().openapi({ example: 'order.placed' }),
    status: z.enum(WEBHOOK_DELIVERY_STATUSES).openapi({
      description: '`quarantined` was given up, and is sent again when it is replayed.',
    }),
    attempts: z.int().openapi({ description: 'Begun ones; anew after a replay.' }),
    created_at: timeAnswer,
    due_at: orNull(timeAnswer).openapi({ description: 'When it is tried next.' }),
    last_attempt: orNull(
      z.object({
        ended_at: timeAnswer,
        took_milliseconds: z.int(),
        answered_status: orNull(z.int().openapi({ example: 503 })),
        error: orNull(z.string().openapi({ example: 'refused' })).openapi({
          description: 'Why it did not come through, as a code; null where it did.',
        }),
      }),
    ),
    request_id: z.string().openapi({ description: 'X-Request-Id of the call it began with.' }),
  })
  .openapi('WebhookDelivery');
