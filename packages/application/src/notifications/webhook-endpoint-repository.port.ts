import type { ResultAsync } from 'neverthrow';

import type { Instant, WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookEndpoint, WebhookEndpointNotFound } from '@kastoma/domain/notifications';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface WebhookEndpointRepository {
  /** Stores a new endpoint with its events. */
  add(endpoint: WebhookEndpoint): ResultAsync<void, never>;
  /** Holds it until the work is done. A deleted one is not found. */
  find(id: WebhookEndpointId): ResultAsync<WebhookEndpoint, WebhookEndpointNotFound>;
  save(endpoint: WebhookEndpoint): ResultAsync<void, ConcurrentUpdate>;
  /** The active ones that are told of the type. */
  subscribedTo(type: string): ResultAsync<readonly WebhookEndpointId[], never>;
  /**
   * Notes how an attempt went, beside the endpoint's versions: since when nothing has come through.
   * Gives that time, or null when the attempt did.
   */
  noteAttempt(
    id: WebhookEndpointId,
    cameThrough: boolean,
    at: Instant,
  ): ResultAsync<Instant | null, never>;
}
