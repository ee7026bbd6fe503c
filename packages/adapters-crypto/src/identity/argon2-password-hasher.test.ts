import { describe, expect, test } from 'vitest';

import { parsePassword, type PasswordHash } from '@kastoma/domain/identity';

import { Argon2PasswordHasher, NOBODYS_HASH } from './argon2-password-hasher.ts';

const hasher = new Argon2PasswordHasher();
const password = parsePassword('a long walk by the sea')._unsafeUnwrap();

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
    await expect(hasher.verify('', NOBODYS_HASH as PasswordHash)).resolves.toBe(false);
  });

  test('is not taken as wrong when what is kept is no hash: that is a defect to be seen', async () => {
    await expect(hasher.verify('password', 'nonsense' as PasswordHash)).rejects.toThrow();
  });
});
