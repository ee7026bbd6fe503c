import { randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { readEnvironment } from './environment.ts';

type Variables = Readonly<Record<string, string>>;

const KEY = randomBytes(32);
const OLDER = randomBytes(32);
const read = (variables: Variables) => readEnvironment(variables)._unsafeUnwrap().secondFactor;
const problemsOf = (variables: Variables) => readEnvironment(variables)._unsafeUnwrapErr();

describe('the encryption key', () => {
  it('is made at the first start where none is given, outside production', () => {
    expect(read({})).toEqual({
      encryptionKey: null,
      previousEncryptionKeys: [],
      policy: { requiredOf: 'none', issuer: 'Kastoma' },
    });
  });

  it.each(['base64', 'base64url', 'hex'] as const)('is 32 bytes in %s', (encoding) => {
    const text = KEY.toString(encoding);
    expect(read({ KASTOMA_ENCRYPTION_KEY: text }).encryptionKey).toEqual(KEY);
    expect(read({ KASTOMA_ENCRYPTION_KEY: `${text}\n` }).encryptionKey).toEqual(KEY);
  });

  it.each([
    'a long walk by the sea',
    'x'.repeat(32),
    'A'.repeat(43),
    '0'.repeat(64),
    'abcdefgh'.repeat(8),
    randomBytes(31).toString('base64'),
    randomBytes(33).toString('base64'),
    randomBytes(16).toString('hex'),
  ])('is refused where somebody made it up, and is not told: %s', (text) => {
    const [problem = '', ...others] = problemsOf({ KASTOMA_ENCRYPTION_KEY: text });
    expect(others).toEqual([]);
    expect(problem).toMatch(/^KASTOMA_ENCRYPTION_KEY: a key of 32 random bytes/);
    expect(problem).not.toContain(text);
  });

  it('may follow others, which still open what they have closed', () => {
    const previous = [OLDER, randomBytes(32)];
    const variables = {
      KASTOMA_ENCRYPTION_KEY: KEY.toString('base64'),
      KASTOMA_PREVIOUS_ENCRYPTION_KEYS: previous.map((key) => key.toString('hex')).join(', '),
    };
    expect(read(variables).previousEncryptionKeys).toEqual(previous);
  });

  it.each([
    ['nothing follows', { KASTOMA_PREVIOUS_ENCRYPTION_KEYS: OLDER.toString('hex') }],
    [
      'one is none',
      {
        KASTOMA_ENCRYPTION_KEY: KEY.toString('hex'),
        KASTOMA_PREVIOUS_ENCRYPTION_KEYS: `${OLDER.toString('hex')},`,
      },
    ],
  ])('is refused after others where %s', (_title, variables) => {
    const [problem, ...others] = problemsOf(variables);
    expect(others).toEqual([]);
    expect(problem).toMatch(/^KASTOMA_PREVIOUS_ENCRYPTION_KEYS/);
  });
});

describe('who has to have a second factor', () => {
  it.each(['none', 'admin', 'staff'])('may be said: %s', (requiredOf) => {
    expect(read({ KASTOMA_REQUIRE_SECOND_FACTOR: requiredOf }).policy).toMatchObject({
      requiredOf,
    });
  });

  it.each([
    ['KASTOMA_REQUIRE_SECOND_FACTOR', 'customer'],
    ['KASTOMA_SECOND_FACTOR_ISSUER', 'a:b'],
    ['KASTOMA_SECOND_FACTOR_ISSUER', 'x'.repeat(65)],
    ['KASTOMA_SECOND_FACTOR_ISSUER', 'a\nb'],
  ])('is not said by %s=%j', (name, value) => {
    expect(problemsOf({ [name]: value })[0]).toMatch(new RegExp(`^${name}: `));
  });
});
