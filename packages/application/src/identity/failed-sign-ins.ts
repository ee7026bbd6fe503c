import { signInFailed, type SignInFailure, type User } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/**
 * Notes that somebody could not sign in, in a transaction of its own: the same work for an
 * account and for an address that nobody has. Limits refuse before, so the notes are bounded.
 */
export function noteFailedSignIn(
  user: User | null,
  reason: SignInFailure,
  { unitOfWork, ids, clock }: Dependencies,
  context: CallContext,
) {
  const userId = user?.state.id ?? null;
  const note = signInFailed({ id: ids.next(), userId, reason, at: clock.now() });
  return unitOfWork.run(context, ({ signInNotes }) => signInNotes.add(note));
}
