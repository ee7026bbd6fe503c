import type { UserId } from '@kastoma/domain/core';

import { systemContext, type CallContext } from '../core/call-context.ts';
import type { IdempotencyClaim } from '../core/idempotency.ts';

/** The shop acting on its own, in a test. */
export const SHOP: CallContext = systemContext('test');

/** A customer who asks. */
export function asCustomer(id: UserId): CallContext {
  return { actor: { kind: 'user', id, role: 'customer' }, correlationId: 'test' };
}

/** The same call under an idempotency key; the kept answer is the outcome as JSON. */
export function underKey(
  context: CallContext,
  key: string,
  wishes: Partial<IdempotencyClaim> = {},
): CallContext {
  return {
    ...context,
    idempotency: {
      scope: 'somebody POST /things',
      key,
      fingerprint: 'fingerprint',
      answerOf: answerOf,
      ...wishes,
    },
  };
}

function answerOf(outcome: unknown) {
  return { status: 201, headers: { etag: '"v1-abc"' }, body: JSON.stringify({ outcome }) };
}
