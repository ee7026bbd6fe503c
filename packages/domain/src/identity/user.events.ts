import type { Role } from '../core/actor.value.ts';
import type { DomainEvent } from '../core/domain-event.ts';
import type { ApiKeyEvent } from './api-key.events.ts';
import type { MailRequested } from './mail-request.events.ts';
import type { SecondFactorEvent } from './second-factor.events.ts';
import type { SessionEvent } from './session.events.ts';
import type { SignInEvent } from './sign-in.events.ts';

/** Events outlive whom they tell of, so none holds an address, a name, or anything else of a person. */
export type UserRegistered = DomainEvent<
  'identity.user_registered',
  { readonly userId: string; readonly role: Role }
>;

/** Which fields are new is told, and not what is in them. */
export type ProfileChanged = DomainEvent<
  'identity.profile_changed',
  { readonly userId: string; readonly fields: readonly string[] }
>;

export type RoleChanged = DomainEvent<
  'identity.role_changed',
  { readonly userId: string; readonly from: Role; readonly to: Role }
>;

/** Of these only who it was is told. */
type OfUser<Type extends string> = DomainEvent<Type, { readonly userId: string }>;

export type EmailVerified = OfUser<'identity.email_verified'>;
export type PasswordChanged = OfUser<'identity.password_changed'>;

export type GroupsChanged = OfUser<'identity.groups_changed'>;
export type UserDeactivated = OfUser<'identity.user_deactivated'>;
export type UserReactivated = OfUser<'identity.user_reactivated'>;
export type UserErased = OfUser<'identity.user_erased'>;

export type UserEvent =
  | UserRegistered
  | ProfileChanged
  | RoleChanged
  | EmailVerified
  | PasswordChanged
  | GroupsChanged
  | UserDeactivated
  | UserReactivated
  | UserErased;

export type IdentityEvent =
  | UserEvent
  | SessionEvent
  | SignInEvent
  | SecondFactorEvent
  | MailRequested
  | ApiKeyEvent;
