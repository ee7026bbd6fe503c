import { ok, safeTry, type Result } from 'neverthrow';

import { describeActor, parseText, type Instant, type InvalidText } from '@kastoma/domain/core';
import type { MovementCause } from '@kastoma/domain/inventory';

import type { CallContext } from '../core/call-context.ts';

const LONGEST_REASON = 500;
const LONGEST_REFERENCE = 200;

/** Why somebody changes the stock by hand. */
export function causeBy(
  { actor }: CallContext,
  given: { readonly reason: string; readonly reference: string },
  at: Instant,
): Result<MovementCause, InvalidText> {
  return safeTry(function* () {
    const reason = yield* parseText(given.reason, {
      path: ['reason'],
      maximumLength: LONGEST_REASON,
    });
    const reference = yield* parseText(given.reference, {
      path: ['reference'],
      maximumLength: LONGEST_REFERENCE,
    });
    return ok({ reference, actor: describeActor(actor), reason, at });
  });
}
