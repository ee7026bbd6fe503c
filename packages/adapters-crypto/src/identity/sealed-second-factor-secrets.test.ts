import { randomBytes } from 'node:crypto';

import { err, ok } from 'neverthrow';
import { describe, expect, test } from 'vitest';

import type { OwnedSecret } from '@kastoma/application/identity';
import type { UserId } from '@kastoma/domain/core';
import {
  readSecondFactorCode,
  type OneTimePassword,
  type SealedSecret,
} from '@kastoma/domain/identity';

import { oneTimePassword } from './one-time-passwords.ts';
import { SealedSecondFactorSecrets } from './sealed-second-factor-secrets.ts';
import { ENCRYPTION_KEY_BYTES, SecretSealer } from './secret-sealer.ts';

const key = randomBytes(ENCRYPTION_KEY_BYTES);
const newerKey = randomBytes(ENCRYPTION_KEY_BYTES);
const sealer = new SecretSealer([key]);
const secrets = new SealedSecondFactorSecrets(sealer);
const owner = '0199c0de-0000-7000-8000-00000000000a' as UserId;
const stranger = '0199c0de-0000-7000-8000-00000000000b' as UserId;
const rfcSecret = Buffer.from('12345678901234567890');
const rfcOwned = { secret: sealer.seal(rfcSecret, owner) as SealedSecret, owner };
const unreadable = err({ code: 'identity.second_factor_unreadable' });
const passwordAt = (step: number) => oneTimePassword(rfcSecret, step, 6) as OneTimePassword;

describe('the secret of an authenticator app', () => {
  test('has 160 bits, is shown in base32, and comes once', () => {
    const made = Array.from({ length: 100 }, () => secrets.next(owner));
    for (const { shown } of made) expect(shown).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(made.map(({ shown }) => shown)).size).toBe(100);
    expect(new Set(made.map(({ secret }) => secret)).size).toBe(100);
  });

  test('knows its passwords, those of the steps alone that are asked for', () => {
    expect(secrets.stepOf(passwordAt(2), rfcOwned, [1, 2, 3])).toEqual(ok(2));
    expect(secrets.stepOf(passwordAt(2), rfcOwned, [3])).toEqual(ok(null));
    expect(secrets.stepOf(passwordAt(2), rfcOwned, [])).toEqual(ok(null));
    expect(secrets.stepOf('28708' as OneTimePassword, rfcOwned, [1])).toEqual(ok(null));
  });

  test('closes the latest of the steps that have the same password', () => {
    const seen = new Map<string, number>();
    let step = 0;
    while (!seen.has(passwordAt(step))) {
      seen.set(passwordAt(step), step);
      step += 1;
    }
    const earlier = seen.get(passwordAt(step)) ?? 0;
    expect(secrets.stepOf(passwordAt(step), rfcOwned, [earlier, step, step + 1])).toEqual(ok(step));
    expect(secrets.stepOf(passwordAt(step), rfcOwned, [earlier])).toEqual(ok(earlier));
  });

  test('is nowhere in what is kept', () => {
    const { secret, shown } = secrets.next(owner);
    expect(secret).not.toContain(shown);
    expect(rfcOwned.secret).not.toContain(rfcSecret.toString('base64url').slice(0, 8));
    expect(sealer.seal(rfcSecret, owner)).not.toBe(rfcOwned.secret);
  });

  test('does not open for anybody else, nor when it was changed', () => {
    const { secret } = rfcOwned;
    const moved: OwnedSecret = { secret, owner: stranger };
    expect(secrets.stepOf(passwordAt(1), moved, [1])).toEqual(unreadable);
    const [form = '', name = '', text = ''] = secret.split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      const forged = `${form}.${name}.${changed.toString('base64url')}`;
      expect(sealer.open(forged, owner).isErr()).toBe(true);
    }
    for (const forged of [
      '',
      'v2',
      `${form}.${name}.`,
      `v2.${name}.${text}`,
      `${form}.other.${text}`,
    ])
      expect(sealer.open(forged, owner).isErr()).toBe(true);
  });
});

describe('a new encryption key', () => {
  const rotated = new SealedSecondFactorSecrets(new SecretSealer([newerKey, key]));
  const withoutOld = new SealedSecondFactorSecrets(new SecretSealer([newerKey]));

  test('opens nothing of the old one, which may stay beside it', () => {
    expect(rotated.stepOf(passwordAt(1), rfcOwned, [1])).toEqual(ok(1));
    expect(withoutOld.stepOf(passwordAt(1), rfcOwned, [1])).toEqual(unreadable);
    expect(withoutOld.reseal(rfcOwned)).toBeNull();
  });

  test('takes over what is used', () => {
    const secret = rotated.reseal(rfcOwned);
    if (secret === null) expect.fail('It is under the old key.');
    expect(withoutOld.stepOf(passwordAt(1), { secret, owner }, [1])).toEqual(ok(1));
    expect(rotated.reseal({ secret, owner })).toBeNull();
    expect(secrets.reseal(rfcOwned)).toBeNull();
  });
});

test('a recovery code can be read back, comes once, and uses every letter', () => {
  const made = Array.from({ length: 500 }, () => secrets.nextRecoveryCode());
  for (const code of made) expect(readSecondFactorCode(code)).toEqual({ kind: 'recovery', code });
  expect(new Set(made).size).toBe(made.length);
  expect(new Set(made.join('')).size).toBe(32);
});
