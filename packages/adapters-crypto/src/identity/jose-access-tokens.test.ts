import { createPublicKey } from 'node:crypto';

import { importJWK, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';

import { parseId, ROLES, type Instant, type SessionId, type UserId } from '@kastoma/domain/core';

import { JoseAccessTokens, type TokenPolicy } from './jose-access-tokens.ts';
import { newTokenKey, readTokenKeys, sharedTokenKeys, type TokenKeys } from './token-keys.ts';

const NOW = 1_795_404_664_999 as Instant;
const NOW_SECONDS = 1_795_404_664;
const LIFE_SECONDS = 900;
const SKEW_SECONDS = 5;
const USER = parseId<UserId>('0190a5c4-7d1e-7abc-8def-0123456789ab')._unsafeUnwrap();
const SESSION = parseId<SessionId>('0190a5c4-7d1e-7abc-8def-0123456789ac')._unsafeUnwrap();
const CLAIMS = { userId: USER, sessionId: SESSION, tokenVersion: 3, role: 'staff' as const };
const POLICY: TokenPolicy = {
  issuer: 'https://shop.example',
  audience: 'kastoma-api',
  lifeSeconds: LIFE_SECONDS,
  skewSeconds: SKEW_SECONDS,
};
const REFUSED = { code: 'identity.invalid_access_token' };

const edKey = newTokenKey('EdDSA');
const rsaKey = newTokenKey('RS256');
const otherKey = newTokenKey('EdDSA');
const secret = new Uint8Array(32).fill(7);
const keySet = async (...keys: readonly object[]) =>
  (await readTokenKeys(JSON.stringify({ keys })))._unsafeUnwrap();
const edKeys = await keySet(edKey, rsaKey);
const tokens = new JoseAccessTokens(edKeys, POLICY);
const at = (seconds: number) => (seconds * 1_000) as Instant;

const written: JWTPayload = {
  sid: SESSION,
  role: 'staff',
  ver: 3,
  iss: POLICY.issuer,
  aud: POLICY.audience,
  sub: USER,
  jti: '1c6a0b8e',
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + LIFE_SECONDS,
};
const header = { alg: 'EdDSA', typ: 'at+jwt', kid: edKey.kid ?? '' };
const signed = (
  payload: JWTPayload,
  changes: object = {},
  key: CryptoKey | Uint8Array = edKeys.signing.secret,
) => new SignJWT(payload).setProtectedHeader({ ...header, ...changes }).sign(key);
const isGood = async (token: string, when: Instant = NOW) =>
  (await tokens.verify(token, when)).isOk();
const refusalOf = async (token: string) => (await tokens.verify(token, NOW))._unsafeUnwrapErr();
const encoded = (text: string) => Buffer.from(text).toString('base64url');
/** Signed with the shop's own key, however the header and the claims are written. */
const signedAsWritten = async (headerText: string, claimsText: string) => {
  const signing = `${encoded(headerText)}.${encoded(claimsText)}`;
  const signature = await crypto.subtle.sign(
    'Ed25519',
    edKeys.signing.secret,
    Buffer.from(signing),
  );
  return `${signing}.${Buffer.from(signature).toString('base64url')}`;
};
const partsOf = (token: string) =>
  token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object);

const sets: readonly [string, TokenKeys][] = [
  ['EdDSA', edKeys],
  ['RS256', await keySet(rsaKey)],
  ['HS256', await sharedTokenKeys(secret)],
];

describe('an access token', () => {
  test.each(sets)(
    'under a key for %s says who somebody is, for a quarter of an hour',
    async (alg, keys) => {
      const issuer = new JoseAccessTokens(keys, POLICY);
      for (const role of ROLES) {
        const { token, expiresInSeconds } = await issuer.issue({ ...CLAIMS, role }, NOW);
        expect(expiresInSeconds).toBe(LIFE_SECONDS);
        expect(partsOf(token)[0]).toEqual({ alg, typ: 'at+jwt', kid: keys.signing.kid });
        expect((await issuer.verify(token, NOW))._unsafeUnwrap()).toEqual({
          ...CLAIMS,
          role,
          refusedFrom: at(NOW_SECONDS + LIFE_SECONDS + SKEW_SECONDS),
        });
      }
    },
  );

  test('holds what it was issued by, for whom, when, and a name of its own', async () => {
    const [one, other] = await Promise.all([tokens.issue(CLAIMS, NOW), tokens.issue(CLAIMS, NOW)]);
    const [, claims] = partsOf(one.token);
    const jti: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(claims).toEqual({ ...written, jti });
    expect(partsOf(other.token)[1]).not.toEqual(claims);
  });

  test('is good until its end, and for the difference of clocks beyond it', async () => {
    const { token } = await tokens.issue(CLAIMS, NOW);
    const end = NOW_SECONDS + LIFE_SECONDS + SKEW_SECONDS;
    expect(await Promise.all([end - 1, end, end + 1].map((s) => isGood(token, at(s))))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('lasts as long as the shop says, at the allowance that it says', async () => {
    const short = new JoseAccessTokens(edKeys, { ...POLICY, lifeSeconds: 60, skewSeconds: 0 });
    const { token, expiresInSeconds } = await short.issue(CLAIMS, NOW);
    expect(expiresInSeconds).toBe(60);
    expect((await short.verify(token, at(NOW_SECONDS + 59))).isOk()).toBe(true);
    expect((await short.verify(token, at(NOW_SECONDS + 60))).isOk()).toBe(false);
  });

  test('made by hand with the key is good, so that what follows is refused for one reason', async () => {
    expect((await tokens.verify(await signed(written), NOW))._unsafeUnwrap()).toMatchObject(CLAIMS);
    const asWritten = await signedAsWritten(JSON.stringify(header), JSON.stringify(written));
    expect(await isGood(asWritten)).toBe(true);
  });

  test('under the key before is good while that one is in the set, and not after', async () => {
    const before = new JoseAccessTokens(await keySet(otherKey), POLICY);
    const { token } = await before.issue(CLAIMS, NOW);
    const { d: _, ...half } = otherKey;
    const during = new JoseAccessTokens(await keySet(edKey, half), POLICY);
    expect((await during.verify(token, NOW)).isOk()).toBe(true);
    expect(await isGood(token)).toBe(false);
  });
});

describe('what is no token of this shop is refused', () => {
  test.each([
    ['of another issuer', { iss: 'https://another.example' }],
    ['of no issuer', { iss: undefined }],
    ['for another audience', { aud: 'another-api' }],
    ['for other audiences', { aud: ['another-api', 'a-third'] }],
    ['for no audience', { aud: undefined }],
    ['without an end', { exp: undefined }],
    ['whose end is no number', { exp: String(NOW_SECONDS + LIFE_SECONDS) }],
    ['that has ended', { exp: NOW_SECONDS - SKEW_SECONDS }],
    ['without a beginning', { iat: undefined }],
    ['issued in the future', { iat: NOW_SECONDS + SKEW_SECONDS + 1 }],
    [
      'that claims a longer life than tokens have',
      { iat: NOW_SECONDS - LIFE_SECONDS - SKEW_SECONDS - 1 },
    ],
    ['that is not yet valid', { nbf: NOW_SECONDS + SKEW_SECONDS + 1 }],
    ['without a name', { jti: undefined }],
    ['without a person', { sub: undefined }],
    ['of somebody whose id is none', { sub: 'admin' }],
    ['of several persons', { sub: [USER] }],
    ['without a session', { sid: undefined }],
    ['of a session whose id is none', { sid: "' or 1=1 --" }],
    ['without a version', { ver: undefined }],
    ['of a version that is none', { ver: 1.5 }],
    ['of a version in words', { ver: '3' }],
    ['of a role that there is not', { role: 'root' }],
    ['of a role that is part of the language', { role: 'constructor' }],
    ['of several roles', { role: ['admin'] }],
    ['without a role', { role: undefined }],
  ])('one %s', async (_title, changes) => {
    const payload = { ...written, ...changes } as JWTPayload;
    expect(await refusalOf(await signed(payload))).toEqual(REFUSED);
  });

  test.each([
    ['of another type', { typ: 'JWT' }],
    ['of no type', { typ: undefined }],
    ['under a key that it does not name', { kid: undefined }],
    ['under an unknown key', { kid: otherKey.kid }],
    ['under a key whose name is a path', { kid: '../../../../dev/null' }],
    ['under a key whose name is SQL', { kid: "x' union select 'secret' --" }],
    ['under a key whose name is a command', { kid: '| cat /etc/passwd' }],
    ['under a key whose name is part of the language', { kid: '__proto__' }],
    ['under a key whose name is endless', { kid: 'k'.repeat(100_000) }],
    ['with a critical extension', { crit: ['exp'], exp: 1 }],
    ['with a critical extension that libraries know', { crit: ['b64'], b64: true }],
  ])('one %s, though the shop’s own key has signed it', async (_title, changes) => {
    const headerText = JSON.stringify({ ...header, ...changes });
    const token = await signedAsWritten(headerText, JSON.stringify(written));
    expect(await refusalOf(token)).toEqual(REFUSED);
  });

  test('one that is encoded as ours and signed by another key', async () => {
    const theirs = (await importJWK(otherKey, 'EdDSA')) as CryptoKey;
    expect(await refusalOf(await signed(written, {}, theirs))).toEqual(REFUSED);
  });

  test.each(['jwk', 'jku', 'x5u', 'x5c', 'x5t'])(
    'one that brings its own key along as %s',
    async (member) => {
      const theirs = (await importJWK(otherKey, 'EdDSA')) as CryptoKey;
      const { d: _, ...half } = otherKey;
      const url = 'https://evil.example/jwks.json';
      const brought = { jwk: half, jku: url, x5u: url, x5c: ['MIIB'], x5t: 'AAAA' }[member];
      for (const kid of [header.kid, otherKey.kid])
        expect(await refusalOf(await signed(written, { kid, [member]: brought }, theirs))).toEqual(
          REFUSED,
        );
    },
  );

  test.each(['none', 'None', 'NONE', 'nOnE', ''])('one that is not signed: %j', async (alg) => {
    const claims = encoded(JSON.stringify(written));
    for (const kid of [header.kid, undefined])
      for (const signature of ['', 'AAAA']) {
        const token = `${encoded(JSON.stringify({ ...header, alg, kid }))}.${claims}.${signature}`;
        expect(await refusalOf(token)).toEqual(REFUSED);
      }
    expect(await refusalOf(new UnsecuredJWT(written).encode())).toEqual(REFUSED);
  });

  test.each([edKey, rsaKey])(
    'one under the public key, taken for a shared secret: $alg',
    async (key) => {
      const { kid = '' } = key;
      const publicKey = createPublicKey({ key, format: 'jwk' });
      const spki = publicKey.export({ format: 'pem', type: 'spki' });
      const { d: _, ...half } = key;
      const guesses = [
        String(spki),
        String(spki).trim(),
        JSON.stringify(half),
        key.x ?? key.n ?? '',
      ].map((text) => new TextEncoder().encode(text.padEnd(32)));
      const raw = Buffer.from(key.x ?? key.n ?? '', 'base64url');
      for (const guess of [...guesses, new Uint8Array(raw)])
        expect(await refusalOf(await signed(written, { alg: 'HS256', kid }, guess))).toEqual(
          REFUSED,
        );
    },
  );

  test('one that names the algorithm of another key', async () => {
    const text = JSON.stringify({ ...header, alg: 'RS256' });
    expect(await refusalOf(await signedAsWritten(text, JSON.stringify(written)))).toEqual(REFUSED);
    const rsa = (await importJWK(rsaKey, 'RS256')) as CryptoKey;
    expect(await refusalOf(await signed(written, { alg: 'RS256' }, rsa))).toEqual(REFUSED);
    expect(await isGood(await signed(written, { alg: 'RS256', kid: rsaKey.kid }, rsa))).toBe(true);
  });

  test('one under a shared secret, longer hash or not, where the secret is another one', async () => {
    const shared = new JoseAccessTokens(await sharedTokenKeys(secret), POLICY);
    const hs = (alg: string, key: Uint8Array) =>
      signed(written, { alg, kid: 'shared-secret' }, key);
    const isTaken = async (token: string) => (await shared.verify(token, NOW)).isOk();
    expect(await isTaken(await hs('HS256', secret))).toBe(true);
    expect(await isTaken(await hs('HS256', new Uint8Array(32).fill(8)))).toBe(false);
    const long = new Uint8Array(64).fill(7);
    for (const alg of ['HS384', 'HS512']) expect(await isTaken(await hs(alg, long))).toBe(false);
  });

  test('one whose claims were changed', async () => {
    const [head, , signature] = (await signed(written)).split('.');
    for (const changes of [
      { role: 'admin' },
      { exp: NOW_SECONDS * 2 },
      { sub: SESSION },
      { ver: 4 },
    ]) {
      const forged = encoded(JSON.stringify({ ...written, ...changes }));
      expect(await refusalOf([head, forged, signature].join('.'))).toEqual(REFUSED);
    }
  });

  test('one that says something twice, whichever of both is meant', async () => {
    const claims = JSON.stringify(written);
    const twice = [
      claims.replace('"role":"staff"', '"role":"admin","role":"staff"'),
      claims.replace('"role":"staff"', '"role":"staff","role":"admin"'),
      claims.replace('{', `{"sub":"${SESSION}",`),
    ];
    for (const text of twice)
      expect(await refusalOf(await signedAsWritten(JSON.stringify(header), text))).toEqual(REFUSED);
    const heads = [
      JSON.stringify(header).replace('{', '{"alg":"none",'),
      JSON.stringify(header).replace('{', '{"kid":"other",'),
    ];
    for (const text of heads)
      expect(await refusalOf(await signedAsWritten(text, claims))).toEqual(REFUSED);
  });

  test('one of 100 KB, before anybody reads it', async () => {
    const padded = { ...written, padding: 'x'.repeat(100_000) };
    expect(await refusalOf(await signed(padded))).toEqual(REFUSED);
    expect(await refusalOf(`${encoded('['.repeat(100_000))}.e30.AAAA`)).toEqual(REFUSED);
  });

  test.each([
    '',
    '.',
    '..',
    'a.b.c',
    'Bearer x',
    'ä',
    '\0',
    'x'.repeat(10_000),
    'e30.e30.',
    'bnVsbA.bnVsbA.',
    'MQ.MQ.MQ',
  ])('no token at all, number %#', async (text) => {
    expect(await refusalOf(text)).toEqual(REFUSED);
  });

  test('a good one with something before, behind or left out', async () => {
    const { token } = await tokens.issue(CLAIMS, NOW);
    const [head, claims, signature] = token.split('.');
    const changed = [
      `${token}.`,
      `${token}.${signature}`,
      `.${token}`,
      ` ${token}`,
      `${head}.${claims}`,
      `${head}.${claims}.`,
      `${head}..${signature}`,
    ];
    for (const text of changed) expect(await refusalOf(text)).toEqual(REFUSED);
  });
});
