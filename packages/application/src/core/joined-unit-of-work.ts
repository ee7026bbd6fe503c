import { ResultAsync } from 'neverthrow';

import type { UnitOfWork } from './unit-of-work.port.ts';

/** Lets a use case work within a transaction that somebody else has begun, and ends. */
export function joined<Tx>(tx: Tx): UnitOfWork<Tx> {
  return { run: (_context, work) => new ResultAsync(Promise.resolve(work(tx))) };
}
