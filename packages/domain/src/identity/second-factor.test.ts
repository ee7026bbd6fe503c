import { err } from 'neverthrow';
import { describe, expect, test } from 'vitest';

import type { SecondFactorId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import {
  authenticatorUri,
  openSteps,
  stepAt,
  type SealedSecret,
} from './one-time-password.value.ts';
import { ENROLMENT_MILLISECONDS, SecondFactor } from './second-factor.aggregate.ts';
import type { TokenHash } from './session.aggregate.ts';

const at = 1_763_890_001_000 as Instant;
const later = (milliseconds: number) => (at + milliseconds) as Instant;
const userId = 'user' as UserId;
const [first, second, third] = ['one', 'two', 'three'] as [TokenHash, TokenHash, TokenHash];
const codes = [first, second, third];
const enrolled = () =>
  SecondFactor.enrol({
    id: 'factor' as SecondFactorId,
    userId,
    secret: 'sealed' as SealedSecret,
    at,
  });
const active = () => SecondFactor.restore(enrolled().useStep(7).confirm(codes, at).state, 3);

describe('the steps of one-time passwords', () => {
  test('last half a minute, and the ones beside the present one are open', () => {
    expect([0, 29_999, 30_000].map((time) => stepAt(time as Instant))).toEqual([0, 0, 1]);
    expect(openSteps(60_000 as Instant, null)).toEqual([1, 2, 3]);
    expect(openSteps(0 as Instant, null)).toEqual([0, 1]);
  });

  test('close with the password that was used, and those before it close with it', () => {
    expect(openSteps(60_000 as Instant, 1)).toEqual([2, 3]);
    expect(openSteps(60_000 as Instant, 2)).toEqual([3]);
    expect(openSteps(60_000 as Instant, 3)).toEqual([]);
    expect(openSteps(60_000 as Instant, 9)).toEqual([]);
  });
});

test('what an app reads names the shop and the account, whatever stands in their names', () => {
  const issuer = 'Ada & Söhne: 100%';
  const uri = authenticatorUri({ issuer, account: 'ada+shop@example.com', secret: 'GEZDGNBV' });
  const read = new URL(uri);
  expect([read.protocol, read.host]).toEqual(['otpauth:', 'totp']);
  expect(decodeURIComponent(read.pathname)).toBe(`/${issuer}:ada+shop@example.com`);
  expect(Object.fromEntries(read.searchParams)).toEqual({
    secret: 'GEZDGNBV',
    issuer,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});

describe('a second factor', () => {
  test('asks for nothing until it is confirmed, and tells when it does', () => {
    const fresh = enrolled();
    expect([fresh.isActive, fresh.pending]).toEqual([false, []]);
    const confirmed = fresh.useStep(7).confirm(codes, later(5));
    expect(confirmed.isActive).toBe(true);
    expect(confirmed.state).toMatchObject({
      confirmedAt: later(5),
      lastUsedStep: 7,
      recoveryCodes: codes,
    });
    expect(confirmed.pending).toEqual([
      {
        type: 'identity.second_factor_enabled',
        schemaVersion: 1,
        aggregateId: 'factor',
        aggregateVersion: 1,
        occurredAt: later(5),
        payload: { userId },
      },
    ]);
  });

  test('waits for its confirmation for a while, and is as good as none from then on', () => {
    const fresh = enrolled();
    expect(fresh.awaitConfirmation(later(ENROLMENT_MILLISECONDS - 1)).isOk()).toBe(true);
    expect(fresh.awaitConfirmation(later(ENROLMENT_MILLISECONDS))).toEqual(
      err({ code: 'identity.second_factor_not_found' }),
    );
  });

  test('is confirmed once', () => {
    expect(active().awaitConfirmation(later(1))).toEqual(
      err({ code: 'identity.second_factor_active' }),
    );
  });

  test('takes each recovery code once, and tells how many are left', () => {
    const once = active().useRecoveryCode(second, later(1));
    expect(once?.state.recoveryCodes).toEqual(['one', 'three']);
    expect(once?.pending).toMatchObject([
      {
        type: 'identity.recovery_code_used',
        aggregateVersion: 4,
        payload: { userId, left: 2 },
      },
    ]);
    expect(once?.useRecoveryCode(second, later(2))).toBeNull();
    expect(active().useRecoveryCode('four' as TokenHash, later(1))).toBeNull();
  });

  test('forgets the old recovery codes when there are new ones', () => {
    const renewed = active().replaceRecoveryCodes(['four' as TokenHash], later(1));
    expect(renewed.useRecoveryCode(first, later(2))).toBeNull();
    expect(renewed.useRecoveryCode('four' as TokenHash, later(2))).not.toBeNull();
    expect(renewed.pending.map(({ type }) => type)).toEqual(['identity.recovery_codes_replaced']);
  });

  test('tells who has switched it off: its owner, or an administrator', () => {
    expect(
      active()
        .disable(later(1))
        .pending.map(({ type }) => type),
    ).toEqual(['identity.second_factor_disabled']);
    expect(
      active()
        .reset(later(1))
        .pending.map(({ type }) => type),
    ).toEqual(['identity.second_factor_reset']);
  });

  test('may be encrypted anew without anybody being told', () => {
    const resealed = active().reseal('under another key' as SealedSecret);
    expect(resealed.state.secret).toBe('under another key');
    expect(resealed.pending).toEqual([]);
  });
});
