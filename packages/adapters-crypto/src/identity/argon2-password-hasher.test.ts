import { describe, expect, test } from 'vitest';

import { choosePassword, parsePassword, type PasswordHash } from '@kastoma/domain/identity';

import { Argon2PasswordHasher, nobodysHash } from './argon2-password-hasher.ts';

const hasher = new Argon2PasswordHasher();
const password = choosePassword(parsePassword('a long walk by the sea')._unsafeUnwrap(), {
  owner: { email: 'ada@example.com' },
  known: new Set(),
  path: [],
})._unsafeUnwrap();
const RAISED = { memoryCost: 20_480, timeCost: 3, parallelism: 1 };
const NOBODYS_HASH = nobodysHash({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });

describe('a password', () => {
  test('is known again, and no other is taken for it', async () => {
    const hash = await hasher.hash(password);
    expect(await hasher.verify('a long walk by the sea', hash)).toBe(true);
    for (const attempt of ['a long walk by the se', 'A long walk by the sea', '', `${password}\0`])
      expect(await hasher.verify(attempt, hash)).toBe(false);
  });

  test('is kept as argon2id at the strength that OWASP recommends', async () => {
    expect(await hasher.hash(password)).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
  });

  test('of two people does not look the same', async () => {
    expect(await hasher.hash(password)).not.toBe(await hasher.hash(password));
  });

  test('that was hashed with another strength is still known', async () => {
    const older =
      '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$BbbKj4A4toOIetSRZTOFi0nLUgQBJsE09Mbp2HEbjAk' as PasswordHash;
    expect(await hasher.verify('password', older)).toBe(true);
    expect(await hasher.verify('Password', older)).toBe(false);
  });

  test('of nobody is never right', async () => {
    expect(await hasher.verifyNothing(password)).toBe(false);
    expect(await hasher.verifyNothing('')).toBe(false);
  });

  test('of nobody is as strong as those that people choose, so that it takes as long to refuse', async () => {
    const strengthOf = (hash: string) => hash.split('$').slice(0, 4);
    const lengthsOf = (hash: string) => hash.split('$').map((part) => part.length);
    const somebodys = await hasher.hash(password);
    expect(strengthOf(NOBODYS_HASH)).toEqual(strengthOf(somebodys));
    expect(lengthsOf(NOBODYS_HASH)).toEqual(lengthsOf(somebodys));
    await expect(hasher.verify('', NOBODYS_HASH)).resolves.toBe(false);
    const raised = await new Argon2PasswordHasher(RAISED).hash(password);
    expect(strengthOf(nobodysHash(RAISED))).toEqual(strengthOf(raised));
  });

  test('is hashed anew when the strength was raised since, and left alone when it was not', async () => {
    const hash = await hasher.hash(password);
    expect(await hasher.rehash(password, hash)).toBeNull();
    const raised = new Argon2PasswordHasher(RAISED);
    const stronger = await raised.rehash(password, hash);
    expect(stronger).toMatch(/^\$argon2id\$v=19\$m=20480,t=3,p=1\$/);
    expect(await hasher.verify(password, stronger ?? hash)).toBe(true);
    expect(await hasher.rehash(password, stronger ?? hash)).toBeNull();
    const morePasses = { memoryCost: 8_192, timeCost: 3, parallelism: 1 };
    expect(await new Argon2PasswordHasher(morePasses).rehash(password, hash)).not.toBeNull();
  });

  test('of another kind of argon2 is hashed anew as well', async () => {
    const older = (await hasher.hash(password)).replace('argon2id', 'argon2i') as PasswordHash;
    expect(await hasher.rehash(password, older)).toMatch(/^\$argon2id\$/);
  });

  test('is not taken as wrong when what is kept is no hash: that is a defect to be seen', async () => {
    await expect(hasher.verify('password', 'nonsense' as PasswordHash)).rejects.toThrow();
  });
});
