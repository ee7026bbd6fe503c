import type { Result, ResultAsync } from 'neverthrow';

import type { CallContext } from './call-context.ts';
import type { IdempotencyOutcome } from './idempotency.ts';

/** Somebody saved the same aggregate in between; the work may be done anew on what stands now. */
export type ConcurrentUpdate = { readonly code: 'core.concurrent_update' };

/**
 * One transaction. An `ok` commits state, events and the kept answer together;
 * an `err` or an exception leaves nothing. On a concurrent update, a deadlock or
 * a serialization failure the work is run again, so it holds nothing but calls
 * on `tx` and pure code: no HTTP, no mail.
 */
export interface UnitOfWork<Tx> {
  run<T, E>(
    context: CallContext,
    work: (tx: Tx) => ResultAsync<T, E> | Promise<Result<T, E>>,
  ): ResultAsync<T, E | ConcurrentUpdate | IdempotencyOutcome>;
}
