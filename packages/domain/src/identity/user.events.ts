import type { Role } from '../core/actor.value.ts';
import type { DomainEvent } from '../core/domain-event.ts';

export type UserRegistered = DomainEvent<
  'identity.user_registered',
  { readonly userId: string; readonly email: string; readonly role: Role }
>;

export type IdentityEvent = UserRegistered;
