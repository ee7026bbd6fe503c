import type { Actor } from '@kastoma/domain/core';

import type { IdempotencyClaim } from './idempotency.ts';

/** Who asks, and under which name the request stands in logs, events and ledgers. */
export type CallContext = {
  readonly actor: Actor;
  readonly correlationId: string;
  /** Set when the caller sent an idempotency key: the unit of work keeps the answer beside the effect. */
  readonly idempotency?: IdempotencyClaim;
};

/** The shop acting on its own. */
export function systemContext(correlationId: string): CallContext {
  return { actor: { kind: 'system' }, correlationId };
}
