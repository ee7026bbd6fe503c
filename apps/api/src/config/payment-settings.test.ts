import { describe, expect, it } from 'vitest';

import { readEnvironment } from './environment.ts';

const PRODUCTION = {
  KASTOMA_ENV: 'production',
  DATABASE_URL: 'postgres://db/shop',
  KASTOMA_TOKEN_SECRET: 'thirty-two characters nobody knows',
  KASTOMA_ENCRYPTION_KEY: 'KWJ6dnV0c3JxcG9ubWxramloZ2ZlZGNiYWBfXl1cW1o=',
  KASTOMA_SMTP_URL: 'smtps://mail.example',
  KASTOMA_MAIL_FROM: 'shop@shop.example',
  KASTOMA_PUBLIC_URL: 'https://shop.example',
};
const STRIPE = { KASTOMA_STRIPE_KEY: 'sk_1', KASTOMA_STRIPE_WEBHOOK_SECRET: 'whsec_1' };

const paymentsOf = (variables: Record<string, string>) =>
  readEnvironment(variables)._unsafeUnwrap().payments;
const problemsOf = (variables: Record<string, string>) =>
  readEnvironment(variables)._unsafeUnwrapErr();

describe('the ways to pay', () => {
  it('are money in hand and a gateway that moves none, and in production money in hand', () => {
    expect(paymentsOf({}).methods).toEqual(['manual', 'test']);
    expect(paymentsOf(PRODUCTION)).toEqual({
      methods: ['manual'],
      hasTestGateway: false,
      deadline: { milliseconds: 3_600_000 },
      stripe: null,
    });
  });

  it('are those that are set up, and of these those that are named', () => {
    expect(paymentsOf({ ...PRODUCTION, ...STRIPE })).toEqual({
      methods: ['manual', 'stripe'],
      hasTestGateway: false,
      deadline: { milliseconds: 3_600_000 },
      stripe: { key: 'sk_1', webhookSecret: 'whsec_1' },
    });
    const named = { ...STRIPE, KASTOMA_PAYMENT_METHODS: 'stripe, stripe' };
    expect(paymentsOf(named).methods).toEqual(['stripe']);
  });

  it('are with the gateway for tests in production only by express wish, and without it by another', () => {
    const wish = { ...PRODUCTION, KASTOMA_TEST_PAYMENTS: 'on' };
    expect(paymentsOf(wish).methods).toEqual(['manual', 'test']);
    expect(paymentsOf({ KASTOMA_TEST_PAYMENTS: 'off' }).methods).toEqual(['manual']);
  });
});

describe('a way to pay that leads nowhere', () => {
  it.each([
    [{ ...PRODUCTION, KASTOMA_PAYMENT_METHODS: 'manual,test' }, 'KASTOMA_TEST_PAYMENTS=on'],
    [{ KASTOMA_PAYMENT_METHODS: 'stripe' }, 'stripe wants KASTOMA_STRIPE_KEY'],
    [{ KASTOMA_PAYMENT_METHODS: 'shells' }, 'names among manual, test, stripe'],
    [{ KASTOMA_STRIPE_KEY: 'sk_1' }, 'both are wanted, or neither'],
    [{ KASTOMA_STRIPE_WEBHOOK_SECRET: 'whsec_1' }, 'both are wanted, or neither'],
  ])('is refused: %o', (variables, words) => {
    expect(problemsOf(variables)).toEqual([expect.stringContaining(words)]);
  });
});

describe('how long an order waits for its money', () => {
  it('is an hour, or so many minutes', () => {
    expect(paymentsOf({}).deadline).toEqual({ milliseconds: 3_600_000 });
    for (const [minutes, milliseconds] of [
      ['1', 60_000],
      ['10080', 604_800_000],
    ] as const)
      expect(paymentsOf({ KASTOMA_PAYMENT_MINUTES: minutes }).deadline).toEqual({ milliseconds });
  });

  it.each(['0', '10081', '-5', '1.5', '1e3', 'soon', '999999'])('is never %s', (minutes) => {
    expect(problemsOf({ KASTOMA_PAYMENT_MINUTES: minutes })).toEqual([
      'KASTOMA_PAYMENT_MINUTES: a number of minutes from 1 to 10080 is wanted.',
    ]);
  });
});
