import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readEnvironment } from './environment.ts';

type Variables = Readonly<Record<string, string | undefined>>;

function read(variables: Variables) {
  return readEnvironment(variables)._unsafeUnwrap();
}

function problemsOf(variables: Variables): readonly string[] {
  return readEnvironment(variables)._unsafeUnwrapErr();
}

const PRODUCTION = {
  KASTOMA_ENV: 'production',
  DATABASE_URL: 'postgres://shop@db.example/shop',
  KASTOMA_TOKEN_SECRET: 'thirty-two characters nobody knows',
  KASTOMA_ENCRYPTION_KEY: 'KWJ6dnV0c3JxcG9ubWxramloZ2ZlZGNiYWBfXl1cW1o=',
  KASTOMA_SMTP_URL: 'smtp://mail.example',
  KASTOMA_MAIL_FROM: 'shop@shop.example',
  KASTOMA_PUBLIC_URL: 'https://shop.example',
};

describe('a shop that is told nothing', () => {
  it('opens on this machine alone, in dollars, with a database of its own', () => {
    expect(read({})).toEqual({
      mode: 'development',
      host: '127.0.0.1',
      port: 8000,
      databaseUrl: null,
      redisUrl: null,
      dataFolder: resolve('.kastoma'),
      currency: 'USD',
      country: 'US',
      media: { bucket: null, publicUrl: null, assetUrl: null },
      payments: {
        methods: ['manual', 'test'],
        hasTestGateway: true,
        deadline: { milliseconds: 3_600_000 },
        stripe: null,
      },
      webhookTargets: 'any',
      privacy: { yearsOfOrderAddresses: 0 },
      rateLimits: true,
      cache: true,
      worker: 'inside',
      requestLimits: expect.any(Object) as unknown,
      door: expect.any(Object) as unknown,
      admin: null,
      mail: expect.any(Object) as unknown,
      tokens: expect.any(Object) as unknown,
      secondFactor: expect.any(Object) as unknown,
    });
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    const names = ['PORT', 'HOST', 'DATABASE_URL', 'REDIS_URL', 'KASTOMA_ENV', 'KASTOMA_CURRENCY'];
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(read({ ...empty, KASTOMA_ADMIN_EMAIL: undefined })).toEqual(read({}));
  });

  it('does not mind what is not for it', () => {
    expect(read({ HOME: '/root', npm_config_port: 'x' })).toEqual(read({}));
  });
});

describe('a shop that is told everything', () => {
  it('does as it is told', () => {
    const told = {
      KASTOMA_ENV: 'test',
      HOST: '::1',
      PORT: '65535',
      DATABASE_URL: 'postgresql://shop@db.example:5433/shop?sslmode=require',
      REDIS_URL: 'rediss://cache.example:6380',
      KASTOMA_DATA_DIR: '/var/lib/kastoma',
      KASTOMA_CURRENCY: 'JPY',
      KASTOMA_COUNTRY: 'JP',
      KASTOMA_RATE_LIMITS: 'off',
      KASTOMA_CACHE: 'off',
      KASTOMA_WORKER: 'separate',
      KASTOMA_ADMIN_EMAIL: ' Admin@Shop.Example ',
      KASTOMA_ADMIN_PASSWORD: 'a long walk by the sea',
      KASTOMA_TOKEN_SECRET: 'x'.repeat(32),
    };
    expect(read(told)).toEqual({
      mode: 'test',
      host: '::1',
      port: 65_535,
      databaseUrl: told.DATABASE_URL,
      redisUrl: told.REDIS_URL,
      dataFolder: '/var/lib/kastoma',
      currency: 'JPY',
      country: 'JP',
      media: { bucket: null, publicUrl: null, assetUrl: null },
      payments: {
        methods: ['manual', 'test'],
        hasTestGateway: true,
        deadline: { milliseconds: 3_600_000 },
        stripe: null,
      },
      webhookTargets: 'any',
      privacy: { yearsOfOrderAddresses: 0 },
      rateLimits: false,
      cache: false,
      worker: 'separate',
      requestLimits: expect.any(Object) as unknown,
      door: expect.any(Object) as unknown,
      admin: { email: 'admin@shop.example', password: 'a long walk by the sea' },
      mail: expect.any(Object) as unknown,
      tokens: expect.objectContaining({ secret: told.KASTOMA_TOKEN_SECRET }) as unknown,
      secondFactor: expect.any(Object) as unknown,
    });
  });

  it('may be given any free port', () => {
    expect(read({ PORT: '0' }).port).toBe(0);
  });
});

describe('a wrong setting', () => {
  it.each<[string, string]>([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '65536'],
    ['PORT', ' 8000'],
    ['KASTOMA_ENV', 'staging'],
    ['KASTOMA_CURRENCY', 'dollars'],
    ['KASTOMA_CURRENCY', 'XXQ'],
    ['KASTOMA_COUNTRY', 'XX'],
    ['DATABASE_URL', 'localhost:5432'],
    ['DATABASE_URL', 'mysql://db.example/shop'],
    ['REDIS_URL', 'https://cache.example'],
    ['KASTOMA_RATE_LIMITS', 'yes'],
    ['KASTOMA_CACHE', 'yes'],
    ['KASTOMA_WORKER', 'yes'],
    ['KASTOMA_TOKEN_SECRET', 'x'.repeat(31)],
  ])('%s=%s is told in one line that begins with its name', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: [^\\n]+ is wanted\\.$`));
  });

  it.each([
    { KASTOMA_ADMIN_EMAIL: 'nobody', KASTOMA_ADMIN_PASSWORD: 'a long walk by the sea' },
    { KASTOMA_ADMIN_EMAIL: 'admin@shop.example', KASTOMA_ADMIN_PASSWORD: 'short' },
  ])('of the admin keeps its value out of the line', (variables) => {
    const [problem, ...others] = problemsOf(variables);
    expect(others).toEqual([]);
    expect(problem).not.toContain('short');
  });

  it('is one of several, and each is told', () => {
    const names = problemsOf({ PORT: 'x', KASTOMA_CURRENCY: 'x', REDIS_URL: 'x' });
    expect(names.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'REDIS_URL',
      'KASTOMA_CURRENCY',
    ]);
  });

  it.each([
    { KASTOMA_ADMIN_EMAIL: 'admin@shop.example' },
    { KASTOMA_ADMIN_PASSWORD: 'a long walk by the sea' },
  ])('is half an account', (variables) => {
    expect(problemsOf(variables)).toEqual([
      'KASTOMA_ADMIN_EMAIL and KASTOMA_ADMIN_PASSWORD: both are wanted, or neither.',
    ]);
  });
});

describe('production', () => {
  it('is content with a database, a secret and a mail server of its own', () => {
    expect(read(PRODUCTION)).toMatchObject({ mode: 'production', rateLimits: true });
  });

  it('writes to nobody only when it is told to', () => {
    const silent = { ...PRODUCTION, KASTOMA_SMTP_URL: '', KASTOMA_MAIL: 'off' };
    expect(read(silent).mail).toMatchObject({ smtpUrl: null, isOff: true });
  });

  it.each([
    ['DATABASE_URL', ''],
    ['KASTOMA_TOKEN_SECRET', ''],
    ['KASTOMA_ENCRYPTION_KEY', ''],
    ['KASTOMA_RATE_LIMITS', 'off'],
    ['KASTOMA_SMTP_URL', ''],
  ])('is refused with %s=%s', (name, value) => {
    const problems = problemsOf({ ...PRODUCTION, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });
});
