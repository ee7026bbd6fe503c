import type { DomainEvent, Instant } from '@kastoma/domain/core';

import type { DeliveryKey } from './delivery.ts';

/** Who listens to which type of event, by the names of the consumers. */
export type Audience = readonly { readonly type: string; readonly consumer: string }[];

/** A delivery that its claimer may try until the lease ends. */
export type ClaimedDelivery = DeliveryKey & {
  readonly event: DomainEvent;
  readonly correlationId: string;
  /** How often it was begun, this time included. */
  readonly attempts: number;
};

export type QuarantinedDelivery = DeliveryKey & {
  readonly eventType: string;
  readonly attempts: number;
  readonly lastError: string;
  readonly quarantinedAt: Instant;
};

/** Which quarantined deliveries: of one event, of one consumer, or all. */
export type QuarantineSelection = { readonly eventId?: string; readonly consumer?: string };

export type OutboxState = {
  /** When the oldest event happened that somebody still waits for; null when nobody does. */
  readonly oldestPendingAt: Instant | null;
  readonly quarantined: number;
};

/**
 * Who has been told of what. A consumer gets the events of one aggregate in the
 * order of its versions: a later one is not claimed while an earlier one is
 * pending, unless that is in quarantine.
 */
export interface OutboxDeliveries {
  /**
   * Makes a delivery of each event for each of its listeners, for at most `limit`
   * events; one without listeners is done. A type that is not known here waits for
   * a version that knows it. Returns how many events it took.
   */
  shareOut(
    known: readonly string[],
    audience: Audience,
    limit: number,
    now: Instant,
  ): Promise<number>;
  /** Takes deliveries that are due; nobody else gets them before the lease ends. */
  claim(
    audience: Audience,
    limit: number,
    now: Instant,
    leaseEnds: Instant,
  ): Promise<readonly ClaimedDelivery[]>;
  /** Notes what happened outside of a transaction; a subscriber's inbox does it by itself. */
  noteHandled(delivery: DeliveryKey, at: Instant): Promise<void>;
  /**
   * It comes again when it is due, and what waits behind it does not come before. Where its consumer
   * hangs in a transaction nothing is noted, and it comes again after its lease.
   */
  noteFailed(delivery: ClaimedDelivery, error: string, dueAt: Instant): Promise<void>;
  /** False where it could not be noted, since its consumer hangs in a transaction: it comes again after its lease. */
  quarantine(delivery: DeliveryKey, error: string, at: Instant): Promise<boolean>;
  /** The latest ones. */
  quarantined(limit: number): Promise<readonly QuarantinedDelivery[]>;
  /** Makes them due again, with all their attempts before them. Returns how many. */
  replay(selection: QuarantineSelection, now: Instant): Promise<number>;
  /** Deletes events that were shared out before and whose deliveries were all handled, at most `limit`. Returns how many. */
  forget(sharedOutBefore: Instant, limit: number): Promise<number>;
  state(audience: Audience): Promise<OutboxState>;
}
