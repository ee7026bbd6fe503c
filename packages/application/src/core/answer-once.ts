import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { CallContext } from './call-context.ts';
import type { IdempotencyOutcome } from './idempotency.ts';
import type { ConcurrentUpdate, UnitOfWork } from './unit-of-work.port.ts';

const NOT_ANSWERED = { code: 'core.not_answered_yet' } as const;

/**
 * A question that changes nothing, under the key of its caller: whoever repeats it hears the first answer. Nobody is asked
 * inside a transaction, which would be held for as long as the answer takes: one looks whether there is an answer, and
 * another keeps it.
 */
export function answerOnce<Tx, T, E>(
  unitOfWork: UnitOfWork<Tx>,
  context: CallContext,
  ask: () => ResultAsync<T, E>,
): ResultAsync<T, E | ConcurrentUpdate | IdempotencyOutcome> {
  if (context.idempotency === undefined) return ask();
  return unitOfWork
    .run(context, () => errAsync(NOT_ANSWERED))
    .orElse((error): ResultAsync<T, E | ConcurrentUpdate | IdempotencyOutcome> =>
      error.code === NOT_ANSWERED.code ? ask() : errAsync(error),
    )
    .andThen((answer) => unitOfWork.run(context, () => okAsync(answer)));
}
