import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ROLES } from '../core/actor.value.ts';
import type { CustomerGroup } from '../core/customer-group.value.ts';
import type { UserId } from '../core/ids.value.ts';
import { anyTypedEmailAddress } from '../testing/email-address.arbitrary.ts';
import { anyId } from '../testing/identifier.arbitrary.ts';
import { anyInstant } from '../testing/instant.arbitrary.ts';
import type { AvatarUrl } from './avatar.value.ts';
import type { BirthDate } from './birth-date.value.ts';
import { parseEmailAddress } from './email-address.value.ts';
import type { Locale } from './locale.value.ts';
import type { PasswordHash } from './password.value.ts';
import { User } from './user.aggregate.ts';
import { parseUser } from './user.json.ts';

const hash = '$argon2id$secret' as PasswordHash;

const anyUser = fc
  .record({
    id: anyId<UserId>(),
    email: anyTypedEmailAddress().map((text) => parseEmailAddress(text)._unsafeUnwrap()),
    firstName: fc.constantFrom('Ada', '愛田'),
    lastName: fc.constantFrom('Lovelace', 'Ó Briain'),
    role: fc.constantFrom(...ROLES),
    groups: fc.subarray(['wholesale', 'staff', 'press'] as CustomerGroup[]),
    phone: fc.option(fc.constantFrom('+44 20 7946 0958', '0171/123456')),
    locale: fc.option(fc.constantFrom('en', 'zh-Hant-TW') as fc.Arbitrary<Locale>),
    birthDate: fc.option(fc.constantFrom('1985-12-10', '2000-02-29') as fc.Arbitrary<BirthDate>),
    avatar: fc.option(fc.constant('https://images.example/a.jpg' as AvatarUrl)),
    marketingConsentAt: fc.option(anyInstant()),
    emailVerified: fc.boolean(),
    tokenVersion: fc.integer({ min: 1, max: 99 }),
    createdAt: anyInstant(),
    deactivatedAt: fc.option(anyInstant()),
    erasedAt: fc.option(anyInstant()),
    version: fc.integer({ min: 1, max: 99 }),
  })
  .map(({ version, ...state }) => User.restore({ ...state, passwordHash: hash }, version));

const stored = (user: User) => JSON.parse(JSON.stringify(user.toJSON())) as Record<string, unknown>;

describe('an account as JSON', () => {
  test('comes back as it was, with the hash that is kept elsewhere', () => {
    fc.assert(
      fc.property(anyUser, (user) => {
        expect(parseUser(stored(user), hash)._unsafeUnwrap()).toEqual(user);
      }),
    );
  });

  test('never holds the hash of the password, and is not read with one in it', () => {
    fc.assert(
      fc.property(anyUser, (user) => {
        expect(JSON.stringify(user.toJSON())).not.toContain('argon2id');
        for (const field of ['password_hash', 'passwordHash'])
          expect(parseUser({ ...stored(user), [field]: hash }, hash)._unsafeUnwrapErr()).toEqual({
            code: 'core.malformed_json',
            path: [field],
            reason: 'unknown_field',
          });
      }),
      { numRuns: 20 },
    );
  });

  test('is any value at all without a throw', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(parseUser(json, hash).isErr()).toBe(true);
      }),
    );
  });
});
