import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';

import {
  announceTokenKey,
  newTokenKey,
  readTokenKeys,
  rotateTokenKeys,
  sharedTokenKeys,
} from './token-keys.ts';

const set = (...keys: readonly unknown[]) => JSON.stringify({ keys });
const read = async (text: string) => (await readTokenKeys(text))._unsafeUnwrap();
const problemOf = async (text: string) => (await readTokenKeys(text))._unsafeUnwrapErr();
const keysIn = (text: string) => (JSON.parse(text) as { keys: JWK[] }).keys;
const halfOf = ({ d: _, ...half }: JWK) => half;
const ed = newTokenKey('EdDSA');
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

describe('a key set', () => {
  it.each(['EdDSA', 'RS256'] as const)('of a new %s key signs and verifies', async (algorithm) => {
    const key = newTokenKey(algorithm);
    const { signing, verifying } = await read(set(key));
    expect(signing).toMatchObject({ kid: key.kid, algorithm });
    expect([...verifying.keys()]).toEqual([key.kid]);
    expect(key.kid).toMatch(/^[\w-]{43}$/);
  });

  it('shows the public halves, and nothing that is private', async () => {
    const keys = [ed, newTokenKey('RS256')];
    const { published } = await read(set(...keys));
    expect(published.map(({ kid }) => kid)).toEqual(keys.map(({ kid }) => kid));
    for (const key of published) {
      expect(Object.keys(key).filter((member) => PRIVATE_MEMBERS.includes(member))).toEqual([]);
      expect(key.use).toBe('sig');
    }
  });

  it('is signed for by its first key alone, and verified by all', async () => {
    const [first, second] = [newTokenKey('RS256'), halfOf(ed)];
    const { signing, verifying } = await read(set(first, second));
    expect(signing.kid).toBe(first.kid);
    expect([...verifying.values()].map(({ algorithm }) => algorithm)).toEqual(['RS256', 'EdDSA']);
  });

  it('names a key that has no name by its thumbprint', async () => {
    const { kid, ...unnamed } = ed;
    expect((await read(set(unnamed))).signing.kid).toBe(kid);
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'no JSON Web Key Set'],
    ['what is no JSON', '{', 'no JSON Web Key Set'],
    ['null', 'null', 'no JSON Web Key Set'],
    ['a set of none', set(), 'no JSON Web Key Set'],
    ['a key alone', JSON.stringify(ed), 'no JSON Web Key Set'],
    ['a set of nonsense', set(1), 'no key'],
    ['too many', set(...Array.from({ length: 17 }, () => ed)), 'more than 16'],
    ['a first key that cannot sign', set(halfOf(ed), newTokenKey('EdDSA')), 'no private half'],
    ['two of one name', set(ed, ed), 'one kid'],
    ['a shared secret', set({ kty: 'oct', k: 'c2VjcmV0' }), 'number 1'],
    ['a key for another algorithm', set(ed, { ...newTokenKey('RS256'), alg: 'PS256' }), 'number 2'],
    ['a key that claims no algorithm', set({ ...ed, alg: 'none' }), 'number 1'],
    ['a broken key', set({ ...ed, x: 'x' }), 'number 1'],
    ['a name with a path', set({ ...ed, kid: '../../etc/passwd' }), 'number 1'],
  ])('is refused for %s, and the keys are not told', async (_title, text, problem) => {
    expect(await problemOf(text)).toContain(problem);
    expect(await problemOf(text)).not.toContain(ed.d);
  });

  it('is refused for an RSA key that is too short', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    expect((await readTokenKeys(set(await exportJWK(privateKey)))).isOk()).toBe(true);
    const short = await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        modulusLength: 1_024,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: 'SHA-256',
      },
      true,
      ['sign', 'verify'],
    );
    const jwk = await crypto.subtle.exportKey('jwk', short.privateKey);
    expect(await problemOf(set({ ...jwk, key_ops: undefined, ext: undefined }))).toContain(
      'number 1',
    );
  });

  it('of a shared secret shows nothing', async () => {
    const { signing, published } = await sharedTokenKeys(new Uint8Array(32).fill(7));
    expect(signing.algorithm).toBe('HS256');
    expect(published).toEqual([]);
  });
});

describe('rotating the keys', () => {
  it('begins with one key where there was none', () => {
    expect(keysIn(rotateTokenKeys(null, 'EdDSA')._unsafeUnwrap())).toHaveLength(1);
    expect(keysIn(announceTokenKey(null, 'RS256')._unsafeUnwrap())).toHaveLength(1);
  });

  it('lets a new key sign, and keeps the public half of the one before for what is still running', async () => {
    const rotated = rotateTokenKeys(set(ed), 'RS256')._unsafeUnwrap();
    const [first, second, ...others] = keysIn(rotated);
    expect(first?.alg).toBe('RS256');
    expect(second).toEqual(halfOf(ed));
    expect(others).toEqual([]);
    expect((await read(rotated)).verifying.has(ed.kid ?? '')).toBe(true);
  });

  it('forgets the key before the one before', () => {
    const once = rotateTokenKeys(set(ed), 'EdDSA')._unsafeUnwrap();
    const twice = rotateTokenKeys(once, 'EdDSA')._unsafeUnwrap();
    expect(keysIn(twice).map(({ kid }) => kid)).not.toContain(ed.kid);
    expect(keysIn(twice)[1]?.kid).toBe(keysIn(once)[0]?.kid);
  });

  it('announces a key that verifies and does not sign, until it is its turn', async () => {
    const announced = announceTokenKey(set(ed), 'EdDSA')._unsafeUnwrap();
    const next = keysIn(announced)[1]?.kid ?? '';
    const before = await read(announced);
    expect(before.signing.kid).toBe(ed.kid);
    expect(before.published.map(({ kid }) => kid)).toEqual([ed.kid, next]);
    const after = await read(rotateTokenKeys(announced, 'EdDSA')._unsafeUnwrap());
    expect(after.signing.kid).toBe(next);
    expect([...after.verifying.keys()]).toEqual([next, ed.kid]);
  });

  it('changes nothing that it cannot read', () => {
    for (const change of [announceTokenKey, rotateTokenKeys])
      expect(change('nonsense', 'EdDSA').isErr()).toBe(true);
  });
});
