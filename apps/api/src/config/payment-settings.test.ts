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
const STRIPE = { KASTOMA_STRIPE_KEY: 'sk_1', KASTOMA_STRIPE_WEBHOOK_SECRET_FILE: '/run/secret' };

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
      stripe: null,
    });
  });

  it('are those that are set up, and of these those that are named', () => {
    expect(paymentsOf({ ...PRODUCTION, ...STRIPE })).toEqual({
      methods: ['manual', 'stripe'],
      hasTestGateway: false,
      stripe: { key: { text: 'sk_1' }, webhookSecret: { file: '/run/secret' } },
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
    [
      { ...STRIPE, KASTOMA_STRIPE_KEY_FILE: '/run/key' },
      'KASTOMA_STRIPE_KEY: it is wanted as it is or as a file',
    ],
  ])('is refused: %o', (variables, words) => {
    expect(problemsOf(variables)).toEqual([expect.stringContaining(words)]);
  });
});
