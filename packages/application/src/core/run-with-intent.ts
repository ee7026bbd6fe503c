import { err, errAsync, ok, okAsync, type Result, type ResultAsync } from 'neverthrow';

import type { CallContext } from './call-context.ts';
import type { IdempotencyOutcome } from './idempotency.ts';
import type { ConcurrentUpdate, UnitOfWork } from './unit-of-work.port.ts';

/** What a first transaction has written down: its answer so far, and what is to be done outside; null where nothing is. */
export type Begun<T> = { readonly value: T; readonly intent: string | null };

type Work<Tx, T, E> = (tx: Tx) => ResultAsync<T, E> | Promise<Result<T, E>>;

/** How a command goes on when its first transaction is committed. */
export type Conclusion<T, F> = {
  /** Does outside what the intent names, once however often it is asked to, and tells what came of it. */
  readonly conclude: (intent: string) => ResultAsync<T, F>;
  /** Whether the intent still stands after this error: then the key keeps it. */
  readonly isUnderWay: (error: F) => boolean;
};

/**
 * A command that asks somebody outside. What is to be asked is committed first, together with the caller's key; the
 * answer is kept when it is final. Whoever repeats the request after a crash goes on with what was begun. No
 * transaction is held while somebody outside is asked.
 */
export function runWithIntent<Tx, T, E, F>(
  unitOfWork: UnitOfWork<Tx>,
  context: CallContext,
  begin: Work<Tx, Begun<T>, E>,
  { conclude, isUnderWay }: Conclusion<T, F>,
): ResultAsync<T, E | F | ConcurrentUpdate | IdempotencyOutcome> {
  type Failure = E | F | ConcurrentUpdate | IdempotencyOutcome;
  return unitOfWork
    .run<Begun<T>, E>(beginning<T>(context), begin)
    .map(({ value, intent }): Begun<T | null> => ({ value, intent }))
    .orElse((error): Result<Begun<T | null>, Failure> => {
      const intent = intentOf(error);
      return intent === null ? err(error) : ok({ value: null, intent });
    })
    .andThen(({ value, intent }): ResultAsync<T, Failure> => {
      // Without an intent there is a value: what is repeated comes with one.
      if (intent === null) return okAsync(value as T);
      return conclude(intent)
        .orElse((error): ResultAsync<T, Failure> => {
          if (isUnderWay(error)) return errAsync(error);
          return end(unitOfWork, context, 'release', null).andThen(() => errAsync(error));
        })
        .andThen((final) => end(unitOfWork, context, 'conclude', final).map(() => final));
    });
}

function beginning<T>(context: CallContext): CallContext {
  const { idempotency: claim } = context;
  if (claim === undefined) return context;
  return {
    ...context,
    idempotency: {
      ...claim,
      answerOf: (begun) => claim.answerOf((begun as Begun<T>).value),
      intentOf: (begun) => (begun as Begun<T>).intent,
    },
  };
}

function end<Tx>(
  unitOfWork: UnitOfWork<Tx>,
  context: CallContext,
  step: 'conclude' | 'release',
  final: unknown,
): ResultAsync<unknown, ConcurrentUpdate | IdempotencyOutcome> {
  const { idempotency: claim } = context;
  if (claim === undefined) return okAsync();
  return unitOfWork.run({ ...context, idempotency: { ...claim, step } }, () => okAsync(final));
}

function intentOf(error: unknown): string | null {
  const known = error as Partial<Extract<IdempotencyOutcome, { code: 'core.idempotent_replay' }>>;
  return known.code === 'core.idempotent_replay' ? (known.intent ?? null) : null;
}
