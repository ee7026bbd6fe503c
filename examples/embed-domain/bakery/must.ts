import type { Result } from 'neverthrow';

/** This bakery prefers exceptions: what cannot fail here is unwrapped, and says its code if it does. */
export function must<Value, Failure extends { readonly code: string }>(
  result: Result<Value, Failure>,
): Value {
  if (result.isErr()) throw new Error(result.error.code, { cause: result.error });
  return result.value;
}
