import { describe, expect, it } from 'vitest';

import type { Currency, Instant } from '@kastoma/domain/core';

import { exactInWords, instantInWords } from './pricing-words.ts';

describe('a moment', () => {
  it.each([
    ['2026-06-01T00:00:00.000Z', '1 June 2026'],
    ['2026-12-31T23:59:00.000Z', '31 December 2026, 23:59 UTC'],
    ['2026-01-02T09:30:15.000Z', '2 January 2026, 09:30:15 UTC'],
    ['2026-01-02T00:00:00.001Z', '2 January 2026, 00:00:00.001 UTC'],
    ['2026-01-02T00:00:01.000Z', '2 January 2026, 00:00:01 UTC'],
  ])('%s is %s', (text, words) => {
    expect(instantInWords(Date.parse(text) as Instant)).toBe(words);
  });
});

describe('an amount before rounding', () => {
  it.each([
    [300n, 1n, 'USD', '3.00'],
    [1n, 8n, 'USD', '0.00125'],
    [4_798n, 12n, 'USD', '2399/600'],
    [4_800n, 12n, 'USD', '4.00'],
    [1_000n, 3n, 'USD', '10/3'],
    [-2_001n, 4n, 'USD', '-5.0025'],
    [0n, 7n, 'USD', '0.00'],
    [1_200n, 1n, 'JPY', '1200'],
    [5n, 2n, 'JPY', '2.5'],
    [1_234n, 10n, 'KWD', '0.1234'],
    [10n, 1n, 'KWD', '0.010'],
    [3n, 7n, 'CLF', '3/70000'],
  ])('of %s/%s minor units of %s is %s', (numerator, denominator, currency, words) => {
    const [top, bottom] = [BigInt(numerator), BigInt(denominator)];
    expect(exactInWords({ numerator: top, denominator: bottom }, currency as Currency)).toBe(words);
  });
});
