import { describe, expect, test } from 'vitest';

import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseEmailAddress } from './email-address.value.ts';
import { parseFullName } from './full-name.value.ts';
import type { PasswordHash } from './password.value.ts';
import { User, type RegisterUser } from './user.aggregate.ts';

const registration: RegisterUser = {
  id: 'user' as UserId,
  email: parseEmailAddress('ada@example.com')._unsafeUnwrap(),
  passwordHash: '$argon2id$secret' as PasswordHash,
  name: parseFullName({ firstName: ' Ada ', lastName: 'Love\u0065\u0301lace' })._unsafeUnwrap(),
  role: 'customer',
  at: 1_000 as Instant,
};
const register = (changes: Partial<RegisterUser>) => User.register({ ...registration, ...changes });

describe('somebody who registers', () => {
  test('has an account whose e-mail address is not verified yet', () => {
    const user = register({});
    expect(user.version).toBe(1);
    expect(user.state).toEqual({
      id: 'user',
      email: 'ada@example.com',
      passwordHash: '$argon2id$secret',
      firstName: 'Ada',
      lastName: 'Loveélace',
      phone: null,
      locale: null,
      birthDate: null,
      avatar: null,
      marketingConsentAt: null,
      role: 'customer',
      groups: [],
      emailVerified: false,
      tokenVersion: 1,
      createdAt: 1_000,
      deactivatedAt: null,
      erasedAt: null,
    });
  });

  test('has a verified one where somebody vouches for it who may', () => {
    expect(register({ emailVerified: true }).state.emailVerified).toBe(true);
  });

  test('is announced without the hash of the password, and without who it is', () => {
    const user = register({ role: 'admin' });
    expect(user.pending).toEqual([
      {
        type: 'identity.user_registered',
        schemaVersion: 2,
        aggregateId: 'user',
        aggregateVersion: 1,
        occurredAt: 1_000,
        payload: { userId: 'user', role: 'admin' },
      },
    ]);
    expect(JSON.stringify(user.pending)).not.toMatch(/argon2id|ada|lovelace/i);
  });

  test.each(['firstName', 'lastName'] as const)('has a %s of 1 to 80 characters', (field) => {
    const name = (text: string) => parseFullName({ firstName: 'A', lastName: 'B', [field]: text });
    expect(name('x'.repeat(80)).isOk()).toBe(true);
    expect(name('x'.repeat(81))._unsafeUnwrapErr()).toEqual({
      code: 'core.invalid_text',
      path: [field],
      reason: 'too_long',
      maximumLength: 80,
    });
    expect(name('')._unsafeUnwrapErr()).toMatchObject({ reason: 'empty' });
    expect(name('a\0b')._unsafeUnwrapErr()).toMatchObject({
      reason: 'control_character',
    });
  });

  test('comes back from where accounts are kept with nothing to announce', () => {
    const { state } = register({});
    const restored = User.restore(state, 4);
    expect(restored.state).toEqual(state);
    expect(restored.version).toBe(4);
    expect(restored.pending).toEqual([]);
  });

  test('cannot be changed from outside', () => {
    const user = register({});
    expect(Object.isFrozen(user)).toBe(true);
    expect(Object.isFrozen(user.state)).toBe(true);
  });
});
