import type { Instant, Role, UserId } from '@kastoma/domain/core';
import {
  parseCustomerGroups,
  parseEmailAddress,
  parseFullName,
  parsePassword,
  User,
  type EmailAddress,
  type Password,
  type PasswordHash,
} from '@kastoma/domain/identity';

import { BUILT_AT, builderIds, nextNumber } from './builder-ids.ts';

export function emailAddress(text: string = `shopper${nextNumber()}@example.com`): EmailAddress {
  return parseEmailAddress(text)._unsafeUnwrap();
}

export function password(text: string = 'correct horse'): Password {
  return parsePassword(text)._unsafeUnwrap();
}

/** A user who was not stored yet; the address differs each time. */
export function aUser(
  wishes: {
    readonly email?: EmailAddress;
    readonly role?: Role;
    readonly passwordHash?: string;
    readonly groups?: readonly string[];
  } = {},
): User {
  const user = User.register({
    id: builderIds.next<UserId>(),
    email: wishes.email ?? emailAddress(),
    passwordHash: (wishes.passwordHash ?? 'hash of correct horse') as PasswordHash,
    name: parseFullName({ firstName: 'Ada', lastName: 'Shopper' })._unsafeUnwrap(),
    role: wishes.role ?? 'customer',
    at: BUILT_AT as Instant,
  });
  const { groups } = wishes;
  if (groups === undefined) return user;
  const parsed = parseCustomerGroups(groups)._unsafeUnwrap();
  return User.restore({ ...user.state, groups: parsed }, user.version);
}
