import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';

import { InProcessRateLimiter, InProcessRevokedAccess } from '@kastoma/adapters-in-process';
import { createTestDatabase, type TestDatabase } from '@kastoma/adapters-postgres/testing';
import { FakeImageProcessor, FakeMediaStorage } from '@kastoma/application/testing';
import { parseCountry, parseCurrency } from '@kastoma/domain/core';
import { promotionTermsToJson } from '@kastoma/domain/pricing';

import { wire, type Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { readEnvironment } from '../config/environment.ts';
import { openMail } from '../server/mail.ts';
import { openSecondFactor } from '../server/second-factor.ts';
import { openTokens } from '../server/tokens.ts';
import { openWebhooks } from '../server/webhooks.ts';
import { plantDemoCoupon } from './demo-coupon.seed.ts';

const tokens = await openTokens(
  readEnvironment({ KASTOMA_TOKEN_SECRET: 'x'.repeat(32) })._unsafeUnwrap(),
);
const secondFactor = await openSecondFactor(
  readEnvironment({
    KASTOMA_ENCRYPTION_KEY: 'KWJ6dnV0c3JxcG9ubWxramloZ2ZlZGNiYWBfXl1cW1o=',
  })._unsafeUnwrap(),
);

let shop: TestDatabase;

beforeEach(async () => {
  shop = await createTestDatabase(inject('postgresUrl'));
});

afterEach(() => shop.drop());

function wireShop(currency: string): Wiring {
  return wire({
    settings: {
      currency: parseCurrency(currency)._unsafeUnwrap(),
      country: parseCountry('US')._unsafeUnwrap(),
    },
    database: shop.database,
    rateLimiter: new InProcessRateLimiter(),
    requestLimits: null,
    door: { trustedProxies: [], crossOrigin: { origins: [], localhost: false }, https: false },
    tokens,
    secondFactor,
    revokedAccess: new InProcessRevokedAccess(900),
    privacyPolicy: { yearsOfOrderAddresses: 0 },
    mail: openMail(readEnvironment({})._unsafeUnwrap(), 'http://shop'),
    webhooks: openWebhooks({ webhookTargets: 'public' }),
    payments: {
      methods: ['manual'],
      hasTestGateway: false,
      deadline: { milliseconds: 3_600_000 },
      stripe: null,
    },
    catalogueCache: { isOn: false, shared: null },
    media: { storage: new FakeMediaStorage(), processor: new FakeImageProcessor() },
    healthChecks: [],
    isShuttingDown: () => false,
    reportFailure: () => undefined,
  });
}

async function coupons(wiring: Wiring) {
  const everything = { active: null, promotionId: null, search: null };
  const list = wiring.get(TOKENS.couponQueries).list(everything, { page: 1, pageSize: 10 });
  return (await list).items;
}

describe('planting the demo coupon', () => {
  it.each([
    ['USD', '30.00'],
    ['KWD', '30.000'],
    ['JPY', '3000'],
  ])('gives a tenth off a larger order, in a shop that sells in %s', async (currency, amount) => {
    const wiring = wireShop(currency);
    await plantDemoCoupon(wiring);
    const [coupon, ...others] = await coupons(wiring);
    expect(others).toEqual([]);
    expect(coupon).toMatchObject({
      code: 'WELCOME10',
      singleUse: false,
      active: true,
      promotion: { automatic: false },
    });
    expect(coupon && promotionTermsToJson(coupon.promotion.terms)).toMatchObject({
      class: 'order',
      effects: [{ type: 'percentage', percentage: '10' }],
      conditions: { minimum_subtotal: { amount, currency } },
      limits: {},
      active: true,
    });
  });

  it('leaves what the merchant has made of the code as it is', async () => {
    const wiring = wireShop('USD');
    await plantDemoCoupon(wiring);
    const before = await coupons(wiring);
    await plantDemoCoupon(wiring);
    expect(await coupons(wiring)).toEqual(before);
    expect(await shop.database`select id from pricing.promotions`).toHaveLength(1);
  });
});
