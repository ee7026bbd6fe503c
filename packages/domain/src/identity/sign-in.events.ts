import type { DomainEvent } from '../core/domain-event.ts';
import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';

/** What was wrong: with a wrong code the password was right, and an inactive account opens with nothing. */
export type SignInFailure = 'password' | 'code' | 'inactive';

/** Whose account was meant, and what was wrong; null where nobody has the address, which is not told. */
export type SignInFailed = DomainEvent<
  'identity.sign_in_failed',
  { readonly userId: string | null; readonly reason: SignInFailure | null }
>;

/** Somebody signed out everywhere. */
export type AllSessionsRevoked = DomainEvent<
  'identity.all_sessions_revoked',
  { readonly userId: string }
>;

/** What happens at the door and belongs to no session: each is told as a thing of its own. */
export type SignInEvent = SignInFailed | AllSessionsRevoked;

type Told<User> = { readonly id: string; readonly userId: User; readonly at: Instant };

export function signInFailed({
  userId,
  reason,
  ...told
}: Told<UserId | null> & { readonly reason: SignInFailure }): SignInFailed {
  return {
    type: 'identity.sign_in_failed',
    ...common(told),
    payload: { userId, reason: userId === null ? null : reason },
  };
}

export function allSessionsRevoked(told: Told<UserId>): AllSessionsRevoked {
  return {
    type: 'identity.all_sessions_revoked',
    ...common(told),
    payload: { userId: told.userId },
  };
}

function common({ id, at }: Pick<Told<unknown>, 'id' | 'at'>) {
  return { schemaVersion: 1, aggregateId: id, aggregateVersion: 1, occurredAt: at };
}
