import { describe, expect, test } from 'vitest';

import type { CustomerGroup } from '../core/customer-group.value.ts';
import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseAvatar } from './avatar.value.ts';
import { parseBirthDate } from './birth-date.value.ts';
import { parseEmailAddress } from './email-address.value.ts';
import { parseFullName, parsePersonName } from './full-name.value.ts';
import { parseLocale } from './locale.value.ts';
import type { PasswordHash } from './password.value.ts';
import { User } from './user.aggregate.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z') as Instant;
const later = (NOON + 60_000) as Instant;
const groups = (...names: readonly string[]) => names as readonly CustomerGroup[];

const ada = User.restore(
  User.register({
    id: 'user' as UserId,
    email: parseEmailAddress('ada@example.com')._unsafeUnwrap(),
    passwordHash: '$argon2id$secret' as PasswordHash,
    name: parseFullName({ firstName: 'Ada', lastName: 'Lovelace' })._unsafeUnwrap(),
    role: 'customer',
    at: NOON,
  }).state,
  1,
);
const birthday = (text: string) => parseBirthDate(text)._unsafeUnwrap();

describe('what somebody says of themselves', () => {
  const changes = {
    firstName: parsePersonName('Augusta')._unsafeUnwrap(),
    phone: '+44 20 7946 0958',
    locale: parseLocale('en-GB')._unsafeUnwrap(),
    birthDate: birthday('1985-12-10'),
    avatar: parseAvatar('https://images.example/ada.jpg')._unsafeUnwrap(),
    marketingConsent: true,
  };
  const changed = ada.changeProfile(changes, later)._unsafeUnwrap();

  test('is changed where it is stated, and told without a word of it', () => {
    expect(changed.state).toEqual({
      ...ada.state,
      firstName: 'Augusta',
      phone: '+44 20 7946 0958',
      locale: 'en-GB',
      birthDate: '1985-12-10',
      avatar: 'https://images.example/ada.jpg',
      marketingConsentAt: later,
    });
    expect(changed.version).toBe(2);
    expect(changed.pending).toEqual([
      {
        type: 'identity.profile_changed',
        schemaVersion: 1,
        aggregateId: 'user',
        aggregateVersion: 2,
        occurredAt: later,
        payload: {
          userId: 'user',
          fields: ['first_name', 'phone', 'locale', 'birth_date', 'avatar', 'marketing_consent_at'],
        },
      },
    ]);
  });

  test('makes no new version where nothing is new', () => {
    expect(changed.changeProfile(changes, (later + 1) as Instant)._unsafeUnwrap()).toBe(changed);
    expect(ada.changeProfile({}, later)._unsafeUnwrap()).toBe(ada);
  });

  test('is taken away where it is null, and stays where it is left out', () => {
    const cleared = changed
      .changeProfile({ phone: null, birthDate: null, avatar: null, locale: null }, later)
      ._unsafeUnwrap();
    expect(cleared.state).toEqual({
      ...changed.state,
      phone: null,
      birthDate: null,
      avatar: null,
      locale: null,
    });
    const refused = changed.changeProfile({ marketingConsent: false }, later)._unsafeUnwrap();
    expect(refused.state.marketingConsentAt).toBeNull();
    expect(refused.state.phone).toBe('+44 20 7946 0958');
  });

  test('knows a birthday from the moment that it begins anywhere', () => {
    const born = (day: string) => ada.changeProfile({ birthDate: birthday(day) }, NOON);
    expect(born('2026-11-24').isOk()).toBe(true);
    expect(born('2026-11-25')._unsafeUnwrapErr()).toEqual({
      code: 'identity.invalid_birth_date',
      reason: 'in_the_future',
    });
  });
});

describe('those who run the shop', () => {
  test('give somebody another role, which is told with the old one', () => {
    const hired = ada.changeRole('staff', later);
    expect(hired.state).toEqual({ ...ada.state, role: 'staff' });
    expect(hired.pending[0]).toMatchObject({
      type: 'identity.role_changed',
      payload: { userId: 'user', from: 'customer', to: 'staff' },
    });
    expect(ada.changeRole('customer', later)).toBe(ada);
  });

  test('put somebody into groups in place of those before', () => {
    const grouped = ada.changeGroups(groups('vip', 'wholesale'), later);
    expect(grouped.state.groups).toEqual(['vip', 'wholesale']);
    expect(grouped.pending.map(({ type }) => type)).toEqual(['identity.groups_changed']);
    expect(grouped.changeGroups(groups('vip', 'wholesale'), later)).toBe(grouped);
    expect(grouped.changeGroups([], later).state.groups).toEqual([]);
  });

  test('shut somebody out and let them in again, each once', () => {
    const out = ada.deactivate(later);
    expect([ada.isActive, out.isActive]).toEqual([true, false]);
    expect(out.state.deactivatedAt).toBe(later);
    expect(out.deactivate(NOON)).toBe(out);
    const back = out.reactivate(later);
    expect(back.isActive).toBe(true);
    expect(back.state).toEqual(ada.state);
    expect(back.reactivate(later)).toBe(back);
    expect(back.pending.map(({ type, aggregateVersion }) => [type, aggregateVersion])).toEqual([
      ['identity.user_deactivated', 2],
      ['identity.user_reactivated', 3],
    ]);
  });
});

describe('an erased account', () => {
  const full = ada
    .changeProfile(
      { phone: '0171/123456', birthDate: birthday('1985-12-10'), marketingConsent: true },
      later,
    )
    ._unsafeUnwrap()
    .changeGroups(groups('vip'), later)
    .verifyEmail(later);
  const erased = full.erase(later);

  test('says nothing of who it was, and nobody can sign in to it', () => {
    expect(erased.state).toEqual({
      ...ada.state,
      email: 'user@erased.invalid',
      passwordHash: '!',
      firstName: 'Erased',
      lastName: 'Customer',
      erasedAt: later,
    });
    expect(erased.isActive).toBe(false);
  });

  test('has told nothing of who it was in any event', () => {
    expect(erased.pending.at(-1)).toMatchObject({
      type: 'identity.user_erased',
      payload: { userId: 'user' },
    });
    expect(JSON.stringify(erased.pending)).not.toMatch(/ada|lovelace|0171|1985|vip|argon/i);
  });
});
