import type { ResultAsync } from 'neverthrow';

import type { Instant, WebhookEndpointId } from '@kastoma/domain/core';
import type {
  WebhookEndpoint,
  WebhookEndpointNotFound,
  WebhookEndpointState,
} from '@kastoma/domain/notifications';

import type { Page, PageRequest } from '../core/page.ts';

/** An endpoint as those who manage endpoints see it: nothing in it is secret. */
export type WebhookEndpointView = Omit<
  WebhookEndpointState,
  'secret' | 'previousSecret' | 'deletedAt'
> & {
  /** Until then the secret before the present one signs as well; it may be over. */
  readonly previousSecretUntil: Instant | null;
  /** Since when nothing has come through; null where the last attempt did, or there was none. */
  readonly failingSince: Instant | null;
  readonly version: number;
};

export interface WebhookEndpointQueries {
  /** Those that were not deleted, the latest first. */
  list(page: PageRequest): Promise<Page<WebhookEndpointView>>;
  find(id: WebhookEndpointId): ResultAsync<WebhookEndpointView, WebhookEndpointNotFound>;
}

export function viewWebhookEndpoint(
  { state, version }: WebhookEndpoint,
  failingSince: Instant | null,
): WebhookEndpointView {
  const { secret: _, previousSecret, deletedAt: _deletedAt, ...shown } = state;
  return { ...shown, previousSecretUntil: previousSecret?.until ?? null, failingSince, version };
}
