import type { Instant, PaymentId, PaymentOperationId } from '@kastoma/domain/core';

/** An operation that the holder alone is to ask the provider for, until the lease ends. */
export type ClaimedOperation = {
  readonly id: PaymentOperationId;
  readonly paymentId: PaymentId;
  /** Begun ones, this one among them. */
  readonly attempts: number;
};

export type OperationClaim =
  | { readonly name: 'claimed'; readonly operation: ClaimedOperation }
  /** Somebody is asking the provider right now. */
  | { readonly name: 'in_flight' }
  | { readonly name: 'settled'; readonly paymentId: PaymentId }
  | { readonly name: 'not_found' };

export type OperationsStanding = {
  /** When the oldest operation was requested that is still open; null where none is. */
  readonly oldestOpenAt: Instant | null;
  /** Operations and refunds of abandoned payments that nobody tries any more. */
  readonly stuck: number;
};

/**
 * Open operations, as work to be done. An operation that was just written down is first due when the lease of whoever
 * wrote it has ended. Works outside of transactions.
 */
export interface OperationQueue {
  claim(id: PaymentOperationId, now: Instant, until: Instant): Promise<OperationClaim>;
  /** Those that are due, and nobody holds; the longest due first. */
  claimDue(limit: number, now: Instant, until: Instant): Promise<readonly ClaimedOperation[]>;
  /** It was not answered: it is due again then, or with null stays open until a person looks into it. */
  postpone(operation: ClaimedOperation, reason: string, until: Instant | null): Promise<void>;
  /** A person wants it to be tried again, however often it was: it is due now. */
  requeue(id: PaymentOperationId, now: Instant): Promise<void>;
  standing(): Promise<OperationsStanding>;
}

/** For how long whoever wrote an operation down, or claimed it, has it alone. Longer than any provider takes. */
export const OPERATION_LEASE_MILLISECONDS = 60_000;
