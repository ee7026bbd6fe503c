import type { ApiKeyId, SessionId, UserId } from './ids.value.ts';

export const ROLES = ['customer', 'staff', 'admin'] as const;

/** What a signed-in person is; somebody who is not signed in is a guest and has no role. */
export type Role = (typeof ROLES)[number];

/** Who asks: a use case that must know takes this as an argument. */
export type Actor =
  | { readonly kind: 'guest' }
  | {
      readonly kind: 'user';
      readonly id: UserId;
      readonly role: Role;
      /** The session whose token was shown; left out where somebody is known by other means. */
      readonly sessionId?: SessionId;
      /** Their role wants a second factor, and they have none yet. */
      readonly lacksSecondFactor?: true;
    }
  /** A program with an API key. */
  | {
      readonly kind: 'service';
      readonly id: ApiKeyId;
      /** The rights that its key was made for, by name; identity says which of them a service may have. */
      readonly scopes: readonly string[];
    }
  /** The shop itself: the first start, a schedule. */
  | { readonly kind: 'system' };

/** The form in which events and ledgers record who did it. */
export function describeActor(actor: Actor): string {
  return 'id' in actor ? `${actor.kind}:${actor.id}` : actor.kind;
}
