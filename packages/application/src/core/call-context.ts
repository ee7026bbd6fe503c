import type { Actor } from '@kastoma/domain/core';

import type { IdempotencyClaim } from './idempotency.ts';

/** `device` is what a person knows it by, such as "Firefox on Windows"; it may be empty. */
export type CallOrigin = { readonly device: string; readonly address: string };

/** Who asks, and under which name the request stands in logs, events and ledgers. */
export type CallContext = {
  readonly actor: Actor;
  readonly correlationId: string;
  /** What the call came from; left out where the shop acts on its own. */
  readonly origin?: CallOrigin;
  /** Set when the caller sent an idempotency key: the unit of work keeps the answer beside the effect. */
  readonly idempotency?: IdempotencyClaim;
};

/** The shop acting on its own. */
export function systemContext(correlationId: string): CallContext {
  return { actor: { kind: 'system' }, correlationId };
}
