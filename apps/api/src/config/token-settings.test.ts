import { describe, expect, it } from 'vitest';

import { readEnvironment } from './environment.ts';

type Variables = Readonly<Record<string, string>>;

const SECRET = 'x'.repeat(32);
const KEYS = '{"keys":[]}';
const read = (variables: Variables) => readEnvironment(variables)._unsafeUnwrap().tokens;
const problemsOf = (variables: Variables) => readEnvironment(variables)._unsafeUnwrapErr();

describe('tokens', () => {
  it('are signed with a key of the shop’s own, for fifteen minutes and thirty days', () => {
    expect(read({})).toEqual({
      algorithm: 'EdDSA',
      secret: null,
      keys: null,
      issuer: 'kastoma',
      audience: 'kastoma-api',
      accessSeconds: 900,
      refreshSeconds: 2_592_000,
      skewSeconds: 5,
    });
  });

  it('are as the shop is told', () => {
    const told = {
      KASTOMA_TOKEN_KEYS: KEYS,
      KASTOMA_TOKEN_ISSUER: 'https://shop.example',
      KASTOMA_TOKEN_AUDIENCE: 'https://shop.example/api',
      KASTOMA_ACCESS_TOKEN_SECONDS: '60',
      KASTOMA_REFRESH_TOKEN_SECONDS: '3600',
      KASTOMA_TOKEN_SKEW_SECONDS: '0',
    };
    expect(read(told)).toMatchObject({
      keys: KEYS,
      issuer: 'https://shop.example',
      audience: 'https://shop.example/api',
      accessSeconds: 60,
      refreshSeconds: 3_600,
      skewSeconds: 0,
    });
  });

  it('are signed with the secret where there is one', () => {
    expect(read({ KASTOMA_TOKEN_SECRET: SECRET })).toMatchObject({
      algorithm: 'HS256',
      secret: SECRET,
    });
    expect(read({ KASTOMA_TOKEN_ALGORITHM: 'HS256' })).toMatchObject({ secret: null });
    expect(read({ KASTOMA_TOKEN_ALGORITHM: 'RS256' })).toMatchObject({ algorithm: 'RS256' });
  });

  it.each<[string, string]>([
    ['KASTOMA_TOKEN_KEYS', 'token-keys.json'],
    ['KASTOMA_TOKEN_ISSUER', 'two words'],
    ['KASTOMA_TOKEN_AUDIENCE', 'x'.repeat(201)],
    ['KASTOMA_ACCESS_TOKEN_SECONDS', '15m'],
    ['KASTOMA_ACCESS_TOKEN_SECONDS', '29'],
    ['KASTOMA_ACCESS_TOKEN_SECONDS', '86401'],
    ['KASTOMA_REFRESH_TOKEN_SECONDS', '59'],
    ['KASTOMA_REFRESH_TOKEN_SECONDS', '34560001'],
    ['KASTOMA_TOKEN_SKEW_SECONDS', '-1'],
    ['KASTOMA_TOKEN_SKEW_SECONDS', '301'],
  ])('with %s=%s is told in one line', (name, value) => {
    const [problem, ...others] = problemsOf({ [name]: value });
    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name}: [^\\n]+ is wanted\\.$`));
  });

  it.each<[string, Variables]>([
    ['KASTOMA_TOKEN_KEYS and', { KASTOMA_TOKEN_KEYS: KEYS, KASTOMA_TOKEN_SECRET: SECRET }],
    ['KASTOMA_TOKEN_ALGORITHM', { KASTOMA_TOKEN_ALGORITHM: 'EdDSA', KASTOMA_TOKEN_SECRET: SECRET }],
    ['KASTOMA_TOKEN_ALGORITHM', { KASTOMA_TOKEN_ALGORITHM: 'RS256', KASTOMA_TOKEN_KEYS: KEYS }],
    [
      'KASTOMA_ACCESS_TOKEN_SECONDS',
      { KASTOMA_ACCESS_TOKEN_SECONDS: '600', KASTOMA_REFRESH_TOKEN_SECONDS: '600' },
    ],
  ])('are not made of a contradiction: %s', (begin, variables) => {
    const [problem, ...others] = problemsOf(variables);
    expect(others).toEqual([]);
    expect(problem?.startsWith(begin)).toBe(true);
    expect(problem).not.toContain(SECRET);
  });

  it('need a key in production that all replicas share, or a secret', () => {
    const production = {
      KASTOMA_ENV: 'production',
      DATABASE_URL: 'postgres://shop@db.example/shop',
    };
    const aboutTokens = (variables: Variables) =>
      readEnvironment({ ...production, ...variables }).match(
        () => [],
        (problems) => problems.filter((problem) => problem.includes('TOKEN')),
      );
    expect(aboutTokens({})).toHaveLength(1);
    expect(aboutTokens({ KASTOMA_TOKEN_KEYS: KEYS })).toEqual([]);
    expect(aboutTokens({ KASTOMA_TOKEN_SECRET: SECRET })).toEqual([]);
  });
});
