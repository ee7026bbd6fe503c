import type { Role } from '../core/actor.value.ts';
import type { CustomerGroup } from '../core/customer-group.value.ts';
import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { AvatarUrl } from './avatar.value.ts';
import type { BirthDate } from './birth-date.value.ts';
import type { EmailAddress } from './email-address.value.ts';
import type { Locale } from './locale.value.ts';
import type { PasswordHash } from './password.value.ts';

/** An account as it stands. */
export type UserState = {
  readonly id: UserId;
  readonly email: EmailAddress;
  readonly passwordHash: PasswordHash;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string | null;
  readonly locale: Locale | null;
  readonly birthDate: BirthDate | null;
  readonly avatar: AvatarUrl | null;
  /** Since when they want to be written to about more than their orders; null when they do not. */
  readonly marketingConsentAt: Instant | null;
  readonly role: Role;
  /** What promotions know the customer by. */
  readonly groups: readonly CustomerGroup[];
  readonly emailVerified: boolean;
  /** Access tokens of an earlier one are void. Raised beside the account: saving a user does not write it. */
  readonly tokenVersion: number;
  readonly createdAt: Instant;
  /** Nobody signs in to it while it is not null. */
  readonly deactivatedAt: Instant | null;
  /** What was personal is gone for good; the row stays for what points at it. */
  readonly erasedAt: Instant | null;
};
