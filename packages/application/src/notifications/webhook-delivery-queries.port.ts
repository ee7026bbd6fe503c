import type { WebhookEndpointId } from '@kastoma/domain/core';

import type { Cursor, Feed, FeedRequest } from '../core/page.ts';
import type { WebhookDeliveryStatus, WebhookDeliveryView } from './webhook-deliveries.port.ts';

export type WebhookDeliveryFilter = {
  readonly endpointId: WebhookEndpointId;
  /** Null for all. */
  readonly status: WebhookDeliveryStatus | null;
  readonly eventType: string | null;
};

export type WebhookDeliveryPlace = Cursor<'newest', readonly [createdAt: number, id: string]>;

export interface WebhookDeliveryQueries {
  /** The latest first. */
  list(
    filter: WebhookDeliveryFilter,
    page: FeedRequest<WebhookDeliveryPlace>,
  ): Promise<Feed<WebhookDeliveryView, WebhookDeliveryPlace>>;
}

export function webhookDeliveryPlaceOf({
  createdAt,
  id,
}: Pick<WebhookDeliveryView, 'createdAt' | 'id'>): WebhookDeliveryPlace {
  return { ordering: 'newest', keys: [createdAt, id] };
}
