import { describe, expect, test } from 'vitest';

import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseEmailAddress } from './email-address.value.ts';
import { parseFullName } from './full-name.value.ts';
import { mailRequested } from './mail-request.events.ts';
import type { PasswordHash } from './password.value.ts';
import { User } from './user.aggregate.ts';

const user = User.register({
  id: 'user' as UserId,
  email: parseEmailAddress('ada@example.com')._unsafeUnwrap(),
  passwordHash: 'old' as PasswordHash,
  name: parseFullName({ firstName: 'Ada', lastName: 'Lovelace' })._unsafeUnwrap(),
  role: 'customer',
  at: 1_000 as Instant,
});
const stored = User.restore(user.state, 4);
const at = 2_000 as Instant;

describe('an account', () => {
  test('has a verified address once its owner has proved it, which is told once', () => {
    const verified = stored.verifyEmail(at);
    expect(verified.state).toEqual({ ...user.state, emailVerified: true });
    expect(verified.version).toBe(5);
    expect(verified.pending).toEqual([
      {
        type: 'identity.email_verified',
        schemaVersion: 1,
        aggregateId: 'user',
        aggregateVersion: 5,
        occurredAt: 2_000,
        payload: { userId: 'user' },
      },
    ]);
    expect(User.restore(verified.state, 5).verifyEmail(at).pending).toEqual([]);
  });

  test('takes a new password, and tells that it did, but not which', () => {
    const changed = stored.changePassword('new' as PasswordHash, at);
    expect(changed.state).toEqual({ ...user.state, passwordHash: 'new' });
    expect(changed.pending.map(({ type }) => type)).toEqual(['identity.password_changed']);
    expect(JSON.stringify(changed.pending)).not.toMatch(/new|old/);
  });

  test('tells one thing after the other, each with its version', () => {
    const both = stored.changePassword('new' as PasswordHash, at).verifyEmail(at);
    expect(both.version).toBe(6);
    expect(both.pending.map(({ aggregateVersion }) => aggregateVersion)).toEqual([5, 6]);
  });
});

test.each(['email_verification', 'password_reset'] as const)(
  'a wish for a mail (%s) is told alike for somebody and for nobody, without the address',
  (purpose) => {
    const wish = { id: 'request', purpose, at };
    const ofSomebody = mailRequested({ ...wish, userId: 'user' as UserId });
    const ofNobody = mailRequested({ ...wish, userId: null });
    expect(ofSomebody).toEqual({
      type: `identity.${purpose}_requested`,
      schemaVersion: 1,
      aggregateId: 'request',
      aggregateVersion: 1,
      occurredAt: 2_000,
      payload: { userId: 'user' },
    });
    expect(ofNobody).toEqual({ ...ofSomebody, payload: { userId: null } });
  },
);
