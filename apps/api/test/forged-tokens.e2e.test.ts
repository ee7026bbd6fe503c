import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newTokenKey } from '@kastoma/adapters-crypto';

import type { Client } from './client.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

type Part = Readonly<Record<string, unknown>>;
type PublicKey = { readonly kid: string; readonly x: string; readonly alg: string };

let shop: TestShop;
let customer: Client;
let token: string;
let header: Part;
let claims: Part;
let publicKey: PublicKey;
/** The shop's own key: what it refuses under this one, it refuses for what it says. */
const ownKey = newTokenKey('EdDSA');
const signingKey = createPrivateKey({ key: ownKey, format: 'jwk' });

beforeAll(async () => {
  shop = await openTestShop({ KASTOMA_TOKEN_KEYS: JSON.stringify({ keys: [ownKey] }) });
  customer = await shop.signUp('ada');
  token = customer.account.access;
  [header, claims] = token.split('.').slice(0, 2).map(decode) as [Part, Part];
  publicKey = (await keysOf(shop)).keys[0] as PublicKey;
});

afterAll(() => shop.close());

const encode = (part: string | Buffer) => Buffer.from(part).toString('base64url');
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Part;
const unsigned = (head: Part, body: Part) =>
  `${encode(JSON.stringify(head))}.${encode(JSON.stringify(body))}`;
const signed = (head: Part, body: Part, key = signingKey) => {
  const text = unsigned(head, body);
  return `${text}.${encode(sign(null, Buffer.from(text), key))}`;
};
const hashed = (head: Part, body: Part, secret: string | Buffer) => {
  const text = unsigned(head, body);
  return `${text}.${encode(createHmac('sha256', secret).update(text).digest())}`;
};

async function keysOf({ url }: TestShop) {
  const response = await fetch(`${url}/.well-known/jwks.json`);
  return (await response.json()) as { readonly keys: readonly Part[] };
}

async function answerTo(forged: string) {
  const response = await fetch(`${shop.url}/api/v1/users/me/`, {
    headers: { Authorization: `Bearer ${forged}` },
  });
  const { errors } = (await response.json()) as { errors: readonly { code: string }[] | null };
  return [response.status, errors?.[0]?.code, response.headers.get('www-authenticate')];
}

const GOOD = [200, undefined, null];
const REFUSED = [401, 'identity.invalid_access_token', 'Bearer error="invalid_token"'];

describe('the tokens of a shop', () => {
  it('can be verified by anybody with the keys that it publishes', async () => {
    const { keys } = await keysOf(shop);
    expect(keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: ownKey.x, kid: ownKey.kid, alg: 'EdDSA', use: 'sig' },
    ]);
    expect(header).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: ownKey.kid });
    expect(claims).toMatchObject({
      iss: 'kastoma',
      aud: 'kastoma-api',
      sub: customer.account.user.id,
      role: 'customer',
      ver: 1,
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(900);
  });

  it('are good as they are, and made by hand with the shop’s key', async () => {
    expect(await answerTo(token)).toEqual(GOOD);
    expect(await answerTo(signed(header, claims))).toEqual(GOOD);
  });
});

describe('a forged token is refused', () => {
  const now = Math.floor(Date.now() / 1000);

  it.each(['none', 'None', 'NONE'])('without a signature, by alg %s', async (alg) => {
    for (const kid of [header['kid'], undefined])
      expect(await answerTo(`${unsigned({ ...header, alg, kid }, claims)}.`)).toEqual(REFUSED);
  });

  it('signed with the public key, taken for a shared secret', async () => {
    const key = createPublicKey(signingKey);
    const guesses = [
      String(key.export({ format: 'pem', type: 'spki' })),
      key.export({ format: 'der', type: 'spki' }),
      JSON.stringify(publicKey),
      publicKey.x,
      Buffer.from(publicKey.x, 'base64url'),
    ];
    for (const guess of guesses)
      expect(await answerTo(hashed({ ...header, alg: 'HS256' }, claims, guess))).toEqual(REFUSED);
  });

  it('signed with a key of its own, named or brought along', async () => {
    const theirs = generateKeyPairSync('ed25519');
    const jwk = theirs.publicKey.export({ format: 'jwk' });
    const jku = 'https://evil.example/jwks.json';
    const heads = [header, { ...header, kid: 'theirs' }, { ...header, jwk }, { ...header, jku }];
    for (const head of [...heads, { ...header, x5u: jku }, { ...header, kid: jku }])
      expect(await answerTo(signed(head, claims, theirs.privateKey))).toEqual(REFUSED);
  });

  it.each<[string, () => Part]>([
    ['a path', () => ({ kid: '../../../../dev/null' })],
    ['SQL', () => ({ kid: "x' union select 'secret' --" })],
    ['no text', () => ({ kid: { $ne: null } })],
    ['a member of every object', () => ({ kid: 'constructor' })],
  ])('with %s for the name of its key', async (_title, changes) => {
    expect(await answerTo(signed({ ...header, ...changes() }, claims))).toEqual(REFUSED);
    expect(await answerTo(hashed({ ...header, alg: 'HS256', ...changes() }, claims, ''))).toEqual(
      REFUSED,
    );
  });

  it.each<[string, Part]>([
    ['that has expired', { iat: now - 1_000, exp: now - 100 }],
    ['that is not yet valid', { nbf: now + 100 }],
    ['of the future', { iat: now + 100, exp: now + 1_000 }],
    ['for another audience', { aud: 'another-api' }],
    ['of another issuer', { iss: 'https://another.example' }],
    ['of another role than its person has', { role: 'admin' }],
    ['of another person than its session is of', { sub: '0199c0de-0000-7000-8000-000000000000' }],
    ['of a session that never was', { sid: '0199c0de-0000-7000-8000-000000000000' }],
    ['of a version that is to come', { ver: 2 }],
  ])('%s, though the shop’s own key has signed it', async (_title, changes) => {
    expect(await answerTo(signed(header, { ...claims, ...changes }))).toEqual(REFUSED);
  });

  it('whose claims were changed', async () => {
    const [head = '', , signature = ''] = token.split('.');
    const forged = encode(JSON.stringify({ ...claims, role: 'admin' }));
    expect(await answerTo(`${head}.${forged}.${signature}`)).toEqual(REFUSED);
  });

  it('with a critical extension', async () => {
    expect(await answerTo(signed({ ...header, crit: ['b64'], b64: true }, claims))).toEqual(
      REFUSED,
    );
  });

  it('that is huge: no more of it is read than a header may have', async () => {
    const padded = (bytes: number) => signed(header, { ...claims, padding: 'x'.repeat(bytes) });
    expect(await answerTo(padded(8_000))).toEqual(REFUSED);
    expect((await answerTo(padded(100_000)))[0]).toBe(431);
    expect(await answerTo(token)).toEqual(GOOD);
  });

  it('is no defect, and nothing of it stands in the log', () => {
    const log = JSON.stringify(shop.log);
    expect(shop.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(log).not.toContain(token.split('.')[2]);
    expect(log).not.toContain('eyJ');
  });
});
