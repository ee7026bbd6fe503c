import { describe, expect, test } from 'vitest';

import { allocate } from '../core/allocation.ts';
import { laws, runAllLaws } from '../testing/laws/all-laws.ts';
import type { Law } from '../testing/laws/law-report.ts';
import { pricerOf, type Pricer } from '../testing/laws/pricer.ts';
import { refunderOf } from '../testing/laws/refunder.ts';
import { price, priceCountingSteps } from './price.ts';
import type { PricingInput } from './pricing-input.ts';

const RUNS = 1_000;
const pricer = pricerOf(price);
const countSteps = (cart: PricingInput) =>
  priceCountingSteps(cart).match(
    ({ steps }) => steps,
    () => null,
  );

// A loaded machine takes its time; what the engine costs is shown by counting steps.
const PATIENT = { timeout: 120_000 };

describe('the engine keeps the law of', PATIENT, () => {
  const ofPricer = [
    laws.conservation,
    laws.allocation,
    laws.bounds,
    laws.nothingToPay,
    laws.roundedOnce,
    laws.orderIndependence,
    laws.splitIndependence,
    laws.determinism,
    laws.gating,
    laws.explanation,
    laws.monotonicity,
    laws.taxIncluded,
    laws.taxAgreement,
    laws.currencies,
  ].map((law: Law<Pricer>) => ({ name: law.law, says: law.says, law }));

  test.each(ofPricer)('$name: $says', ({ law }) => {
    expect(law(pricer, { runs: RUNS })).toMatchObject({ runs: RUNS, leftOut: [] });
  });

  test(`${laws.sharing.law}: ${laws.sharing.says}`, () => {
    const share: Parameters<typeof laws.sharing>[0] = (whole, weights) =>
      allocate(whole, weights)._unsafeUnwrap();
    expect(laws.sharing(share, { runs: RUNS }).runs).toBe(RUNS);
  });

  test.each([
    ['what was paid', 1n],
    ['what was paid out, below zero', -1n],
  ] as const)(`${laws.refunds.law} of %s`, (_of, sign) => {
    expect(laws.refunds(refunderOf(price, sign), { runs: RUNS }).runs).toBe(RUNS);
  });

  test(`${laws.scale.law}: ${laws.scale.says}`, () => {
    expect(laws.scale(countSteps, { runs: RUNS }).runs).toBe(RUNS);
  });
});

test('all laws of a pricer run at once, and tell how each came out', PATIENT, () => {
  const reports = runAllLaws(pricer, { runs: 20, seed: 1, without: ['tax_inclusive'] });
  expect(reports.map(({ law, status }) => [law, status])).toEqual([
    ['conservation', 'kept'],
    ['allocation', 'kept'],
    ['bounds', 'kept'],
    ['nothing to pay', 'kept'],
    ['rounding once', 'kept'],
    ['order independence', 'kept'],
    ['split independence', 'kept'],
    ['determinism', 'kept'],
    ['gating', 'kept'],
    ['explanation', 'kept'],
    ['monotonicity', 'kept'],
    ['tax included', 'left_out'],
    ['tax agreement', 'left_out'],
    ['currencies', 'kept'],
  ]);
});
