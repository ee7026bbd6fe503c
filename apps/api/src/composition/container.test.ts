import { afterAll, describe, expect, it } from 'vitest';

import { InProcessRevokedAccess, UnlimitedRateLimiter } from '@kastoma/adapters-in-process';
import { openDatabase } from '@kastoma/adapters-postgres';
import { FakeImageProcessor, FakeMediaStorage } from '@kastoma/application/testing';
import { parseCountry, parseCurrency } from '@kastoma/domain/core';

import { readEnvironment } from '../config/environment.ts';
import { openMail } from '../server/mail.ts';
import { openSecondFactor } from '../server/second-factor.ts';
import { openTokens } from '../server/tokens.ts';
import { openWebhooks } from '../server/webhooks.ts';
import { wire } from './container.ts';
import { token } from './token.ts';
import { TOKENS } from './tokens.ts';

const tokens = await openTokens(
  readEnvironment({ KASTOMA_TOKEN_SECRET: 'x'.repeat(32) })._unsafeUnwrap(),
);
const secondFactor = await openSecondFactor(
  readEnvironment({
    KASTOMA_ENCRYPTION_KEY: 'KWJ6dnV0c3JxcG9ubWxramloZ2ZlZGNiYWBfXl1cW1o=',
  })._unsafeUnwrap(),
);

// Connections are made when they are needed, and wiring needs none.
const database = openDatabase({
  url: 'postgres://nobody@127.0.0.1:1/nothing',
  poolSize: 1,
  applicationName: 'wiring',
});

afterAll(() => database.end({ timeout: 0 }));

function newWiring() {
  return wire({
    settings: {
      currency: parseCurrency('USD')._unsafeUnwrap(),
      country: parseCountry('US')._unsafeUnwrap(),
    },
    database,
    rateLimiter: new UnlimitedRateLimiter(),
    requestLimits: null,
    door: { trustedProxies: [], crossOrigin: { origins: [], localhost: false }, https: false },
    tokens,
    secondFactor,
    revokedAccess: new InProcessRevokedAccess(900),
    privacyPolicy: { yearsOfOrderAddresses: 0 },
    mail: openMail(readEnvironment({})._unsafeUnwrap(), 'http://shop'),
    catalogueCache: { isOn: true, shared: null },
    media: { storage: new FakeMediaStorage(), processor: new FakeImageProcessor() },
    webhooks: openWebhooks({ webhookTargets: 'public' }),
    payments: {
      methods: ['manual'],
      hasTestGateway: true,
      deadline: { milliseconds: 3_600_000 },
      stripe: null,
    },
    healthChecks: [],
    isShuttingDown: () => false,
    reportFailure: () => undefined,
  });
}

describe('the container', () => {
  it.each(Object.entries<symbol>(TOKENS))('makes %s, once', (_name, name) => {
    const wiring = newWiring();
    const made: unknown = wiring.get(name as never);
    expect(made).toBeTruthy();
    expect(wiring.get(name as never)).toBe(made);
  });

  it('makes nothing that it was not told about', () => {
    expect(() => newWiring().get(token('Nothing'))).toThrow('Nothing');
  });

  it('shares nothing between two shops but what they were given', () => {
    const [one, other] = [newWiring(), newWiring()];
    expect(one.get(TOKENS.httpApp)).not.toBe(other.get(TOKENS.httpApp));
    expect(one.get(TOKENS.database)).toBe(other.get(TOKENS.database));
  });
});
