import type { Result, ResultAsync } from 'neverthrow';

import type { CallContext } from './call-context.ts';
import type { DeliveryKey, DeliveryOutcome } from './delivery.ts';
import type { ConcurrentUpdate } from './unit-of-work.port.ts';

/** A context's transactions for what it is told; every unit of work is one, too. */
export interface Inbox<Tx> {
  /**
   * Does the work of a delivery that is due, and notes in the same transaction
   * that it was done: both are committed, or neither. A delivery that is not due
   * is left alone. An idempotency key has no meaning here.
   */
  receive<E>(
    delivery: DeliveryKey,
    context: CallContext,
    work: (tx: Tx) => ResultAsync<unknown, E> | Promise<Result<unknown, E>>,
  ): ResultAsync<DeliveryOutcome, E | ConcurrentUpdate>;
}
