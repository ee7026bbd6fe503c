import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';

import { parseId, ROLES, type Instant, type UserId } from '@kastoma/domain/core';

import { JoseAccessTokens, SHORTEST_SECRET_BYTES } from './jose-access-tokens.ts';

const SECRET = new Uint8Array(SHORTEST_SECRET_BYTES).fill(7);
const OTHER_SECRET = new Uint8Array(SHORTEST_SECRET_BYTES).fill(8);
const NOW = 1_795_404_664_999 as Instant;
const NOW_SECONDS = 1_795_404_664;
const LIFE_SECONDS = 900;
const USER = parseId<UserId>('0190a5c4-7d1e-7abc-8def-0123456789ab')._unsafeUnwrap();
const REFUSED = { code: 'identity.invalid_access_token' };

const tokens = new JoseAccessTokens(SECRET);
const at = (seconds: number) => (seconds * 1_000) as Instant;
const claims: JWTPayload = {
  role: 'staff',
  iss: 'kastoma',
  aud: 'kastoma-api',
  sub: USER,
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + LIFE_SECONDS,
};
const signed = (payload: JWTPayload, alg = 'HS256', secret = SECRET) =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(secret);
const refusalOf = async (token: string) => (await tokens.verify(token, NOW))._unsafeUnwrapErr();

describe('an access token', () => {
  test.each(ROLES)('says who a %s is, for a quarter of an hour', async (role) => {
    const { token, expiresInSeconds } = await tokens.issue({ userId: USER, role }, NOW);
    expect(expiresInSeconds).toBe(LIFE_SECONDS);
    const verified = await tokens.verify(token, NOW);
    expect(verified._unsafeUnwrap()).toEqual({ userId: USER, role });
  });

  test('is good until the second before its end', async () => {
    const { token } = await tokens.issue({ userId: USER, role: 'customer' }, NOW);
    const end = NOW_SECONDS + LIFE_SECONDS;
    const outcomes = await Promise.all(
      [end - 1, end, end + 1].map(async (second) =>
        (await tokens.verify(token, at(second))).isOk(),
      ),
    );
    expect(outcomes).toEqual([true, false, false]);
  });

  test('made by hand with the secret is good, so that what follows is refused for one reason', async () => {
    const verified = await tokens.verify(await signed(claims), NOW);
    expect(verified._unsafeUnwrap()).toEqual({ userId: USER, role: 'staff' });
  });
});

describe('what is no token of this shop is refused', () => {
  test.each([
    ['of another issuer', { iss: 'somebody' }],
    ['of no issuer', { iss: undefined }],
    ['for another audience', { aud: 'another-api' }],
    ['for no audience', { aud: undefined }],
    ['without an end', { exp: undefined }],
    ['without a person', { sub: undefined }],
    ['of somebody whose id is none', { sub: 'admin' }],
    ['of a role that there is not', { role: 'root' }],
    ['of a role that is part of the language', { role: 'constructor' }],
    ['of several roles', { role: ['admin'] }],
    ['without a role', { role: undefined }],
    ['that is not yet valid', { nbf: NOW_SECONDS + 1 }],
  ])('one %s', async (_title, changes) => {
    expect(await refusalOf(await signed({ ...claims, ...changes } as JWTPayload))).toEqual(REFUSED);
  });

  test('one under another secret', async () => {
    expect(await refusalOf(await signed(claims, 'HS256', OTHER_SECRET))).toEqual(REFUSED);
  });

  test.each(['HS384', 'HS512'])('one signed by %s', async (alg) => {
    const longSecret = new Uint8Array(64).fill(7);
    expect(await refusalOf(await signed(claims, alg, longSecret))).toEqual(REFUSED);
  });

  test('one without a signature', async () => {
    expect(await refusalOf(new UnsecuredJWT(claims).encode())).toEqual(REFUSED);
  });

  test('one whose claims were changed', async () => {
    const [header, , signature] = (await signed(claims)).split('.');
    const forged = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
    expect(await refusalOf([header, forged, signature].join('.'))).toEqual(REFUSED);
  });

  test.each(['', '.', '..', 'a.b.c', 'Bearer x', 'ä', '\0', 'x'.repeat(10_000)])(
    'no token at all, number %#',
    async (text) => {
      expect(await refusalOf(text)).toEqual(REFUSED);
    },
  );
});
