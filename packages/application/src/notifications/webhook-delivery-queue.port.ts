import type { Instant } from '@kastoma/domain/core';
import type { WebhookEndpointState } from '@kastoma/domain/notifications';

import type { NewWebhookDelivery } from './webhook-deliveries.port.ts';

/** A delivery that the holder alone sends, until the lease ends. */
export type ClaimedWebhookDelivery = NewWebhookDelivery &
  Pick<WebhookEndpointState, 'url' | 'secret' | 'previousSecret'> & {
    /** Begun ones, this one among them. */
    readonly attempts: number;
  };

/** How much of what is due is taken. */
export type WebhookClaim = {
  readonly limit: number;
  /** A slow endpoint does not hold up the others. */
  readonly atMostForEach: number;
  /** These have enough to do. */
  readonly exceptEndpoints: readonly string[];
  readonly now: Instant;
  readonly leaseEnds: Instant;
};

/** Messages as work to be done. Works outside of transactions. */
export interface WebhookDeliveryQueue {
  /** Of active endpoints, what is due and nobody holds; the longest due first. */
  claim(claim: WebhookClaim): Promise<readonly ClaimedWebhookDelivery[]>;
  /** Of active endpoints, when the first of what waits is due, or was; null when nothing waits. */
  firstDueAt(): Promise<Instant | null>;
  /** Deletes at most so many that were made before then, however they ended. */
  forget(createdBefore: Instant, limit: number): Promise<number>;
}
