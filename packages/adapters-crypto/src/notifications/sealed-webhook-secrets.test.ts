import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { err } from 'neverthrow';
import { describe, expect, test } from 'vitest';

import type { WebhookEndpointId } from '@kastoma/domain/core';
import type { SealedWebhookSecret } from '@kastoma/domain/notifications';

import { ENCRYPTION_KEY_BYTES, SecretSealer } from '../identity/secret-sealer.ts';
import { SealedWebhookSecrets } from './sealed-webhook-secrets.ts';

const key = randomBytes(ENCRYPTION_KEY_BYTES);
const sealer = new SecretSealer([key]);
const secrets = new SealedWebhookSecrets(sealer);
const owner = '0199c0de-0000-7000-8000-00000000000a' as WebhookEndpointId;
const stranger = '0199c0de-0000-7000-8000-00000000000b' as WebhookEndpointId;

/** The example that the reference implementation of Standard Webhooks is tested with. */
const REFERENCE = {
  secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  content: {
    messageId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const content = { messageId: 'message', timestamp: 1_700_000_000, body: '{"ünï":"cödé"}' };
const unreadable = err({ code: 'notifications.webhook_secret_unreadable' });

/** As a receiver does it who has read the specification and nothing of ours. */
function verifies(shown: string, header: string, { messageId, timestamp, body } = content) {
  const secret = Buffer.from(shown.replace(/^whsec_/, ''), 'base64');
  const bytes = Buffer.from(`${messageId}.${timestamp}.${body}`, 'utf8');
  const expected = createHmac('sha256', secret).update(bytes).digest();
  return header.split(' ').some((one) => {
    const [version, signature = ''] = one.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === 32 && timingSafeEqual(given, expected);
  });
}

describe('the secret of an endpoint', () => {
  test('has 256 bits, is shown in base64 behind its mark, and comes once', () => {
    const made = Array.from({ length: 50 }, () => secrets.next(owner));
    for (const { shown } of made) {
      expect(shown).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(Buffer.from(shown.slice(6), 'base64')).toHaveLength(32);
    }
    expect(new Set(made.map(({ shown }) => shown)).size).toBe(50);
    expect(new Set(made.map(({ secret }) => secret)).size).toBe(50);
  });

  test('signs as the reference implementation does', () => {
    const bytes = Buffer.from(REFERENCE.secret, 'base64');
    const sealed = sealer.seal(bytes, `webhook endpoint ${owner}`) as SealedWebhookSecret;
    expect(secrets.sign(REFERENCE.content, [sealed], owner)._unsafeUnwrap()).toBe(
      REFERENCE.signature,
    );
    expect(verifies(`whsec_${REFERENCE.secret}`, REFERENCE.signature, REFERENCE.content)).toBe(
      true,
    );
  });

  test('is proved by a signature over id, time and the bytes of the body', () => {
    const { secret, shown } = secrets.next(owner);
    const header = secrets.sign(content, [secret], owner)._unsafeUnwrap();
    expect(verifies(shown, header)).toBe(true);
    expect(verifies(shown, header, { ...content, body: '{"ünï": "cödé"}' })).toBe(false);
    expect(verifies(shown, header, { ...content, timestamp: 1_700_000_001 })).toBe(false);
    expect(verifies(shown, header, { ...content, messageId: 'another' })).toBe(false);
    expect(verifies(secrets.next(owner).shown, header)).toBe(false);
  });

  test('signs beside another one while they change over', () => {
    const [newer, older] = [secrets.next(owner), secrets.next(owner)];
    const header = secrets.sign(content, [newer.secret, older.secret], owner)._unsafeUnwrap();
    expect(header.split(' ')).toHaveLength(2);
    expect(verifies(newer.shown, header)).toBe(true);
    expect(verifies(older.shown, header)).toBe(true);
  });

  test('is nowhere in what is kept, and opens for its own endpoint alone', () => {
    const { secret, shown } = secrets.next(owner);
    expect(secret).not.toContain(shown.slice(6, 20));
    expect(secrets.sign(content, [secret], stranger)).toEqual(unreadable);
    const totp = sealer.seal(randomBytes(20), owner) as SealedWebhookSecret;
    expect(secrets.sign(content, [totp], owner)).toEqual(unreadable);
    const changed = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    expect(secrets.sign(content, [changed as SealedWebhookSecret], owner)).toEqual(unreadable);
  });

  test('opens as long as the shop has the key that it was sealed under', () => {
    const { secret, shown } = secrets.next(owner);
    const newerKey = randomBytes(ENCRYPTION_KEY_BYTES);
    const both = new SealedWebhookSecrets(new SecretSealer([newerKey, key]));
    expect(verifies(shown, both.sign(content, [secret], owner)._unsafeUnwrap())).toBe(true);
    const lost = new SealedWebhookSecrets(new SecretSealer([newerKey]));
    expect(lost.sign(content, [secret], owner)).toEqual(unreadable);
  });
});
