import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { AvatarUrl } from './avatar.value.ts';
import type { BirthDate } from './birth-date.value.ts';
import type { EmailAddress } from './email-address.value.ts';
import type { PersonName } from './full-name.value.ts';
import type { Locale } from './locale.value.ts';
import type { PasswordHash } from './password.value.ts';
import type { UserState } from './user.state.ts';

/** What people say of themselves, as they change it: what is undefined stays, and null takes it away. */
export type ProfileChanges = {
  readonly firstName?: PersonName | undefined;
  readonly lastName?: PersonName | undefined;
  readonly phone?: string | null | undefined;
  readonly locale?: Locale | null | undefined;
  readonly birthDate?: BirthDate | null | undefined;
  readonly avatar?: AvatarUrl | null | undefined;
  readonly marketingConsent?: boolean | undefined;
};

export const PROFILE_FIELDS = [
  'firstName',
  'lastName',
  'phone',
  'locale',
  'birthDate',
  'avatar',
  'marketingConsentAt',
] as const;

type Profile = Pick<UserState, (typeof PROFILE_FIELDS)[number]>;

/** A consent that stands keeps the time at which it was given. */
export function profileAfter(before: Profile, changes: ProfileChanges, at: Instant): Profile {
  const { marketingConsentAt: since } = before;
  const consents = changes.marketingConsent ?? since !== null;
  return {
    firstName: changes.firstName ?? before.firstName,
    lastName: changes.lastName ?? before.lastName,
    phone: changes.phone === undefined ? before.phone : changes.phone,
    locale: changes.locale === undefined ? before.locale : changes.locale,
    birthDate: changes.birthDate === undefined ? before.birthDate : changes.birthDate,
    avatar: changes.avatar === undefined ? before.avatar : changes.avatar,
    marketingConsentAt: consents ? (since ?? at) : null,
  };
}

/** Nobody: an address that no mail reaches (RFC 2606), and a hash that no password has. */
export function erasedPerson(
  id: UserId,
): Profile & Pick<UserState, 'email' | 'passwordHash' | 'groups' | 'emailVerified'> {
  return {
    email: `${id}@erased.invalid` as EmailAddress,
    passwordHash: '!' as PasswordHash,
    firstName: 'Erased',
    lastName: 'Customer',
    phone: null,
    locale: null,
    birthDate: null,
    avatar: null,
    marketingConsentAt: null,
    groups: [],
    emailVerified: false,
  };
}
