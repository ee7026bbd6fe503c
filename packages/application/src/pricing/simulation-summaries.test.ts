import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import { Defect, LARGEST_MINOR_UNITS, Money, type Currency } from '@kastoma/domain/core';
import type { SimulationSummary } from '@kastoma/domain/pricing';

import { USD } from '../testing/builders/money.builder.ts';
import { addUpSummaries } from './simulation-summaries.ts';

const JPY = 'JPY' as Currency;

/** Of three carts, one of which changed and one of which has no price. */
function aSummary(
  total: bigint,
  currency: Currency = USD,
  code: SimulationSummary['notPriceable'][number]['code'] = 'pricing.amount_out_of_bounds',
): SimulationSummary {
  const amount = (minorUnits: bigint) => Money.of(minorUnits, currency)._unsafeUnwrap();
  const differences = { discount: amount(1n), shipping: amount(2n), tax: amount(3n) };
  return {
    currency,
    carts: 3,
    changed: 1,
    differences: { ...differences, total: amount(total) },
    notPriceable: [{ code, carts: 1 }],
  };
}

describe('summaries of simulations that were made one after the other', () => {
  it('add up by currency', () => {
    const parts = [aSummary(10n), aSummary(5n, JPY), aSummary(-30n, USD, 'pricing.duplicate_id')];
    const sums = addUpSummaries(parts)._unsafeUnwrap();
    expect(sums.map(({ currency, carts, changed }) => [currency, carts, changed])).toEqual([
      ['JPY', 3, 1],
      ['USD', 6, 2],
    ]);
    const { discount, shipping, tax, total } = sums[1]?.differences ?? expect.fail('no dollars');
    const amounts = [discount, shipping, tax, total].map(({ minorUnits }) => minorUnits);
    expect(amounts).toEqual([2n, 4n, 6n, -20n]);
  });

  it('count what has no price by the reason', () => {
    const parts = [aSummary(0n, USD, 'pricing.duplicate_id'), aSummary(0n), aSummary(0n)];
    expect(addUpSummaries(parts)._unsafeUnwrap()[0]?.notPriceable).toEqual([
      { code: 'pricing.amount_out_of_bounds', carts: 2 },
      { code: 'pricing.duplicate_id', carts: 1 },
    ]);
  });

  it('are none of none', () => {
    expect(addUpSummaries([])).toEqual(ok([]));
  });

  it('of one currency whose amounts are in two are a defect', () => {
    const mislabelled = { ...aSummary(1n, JPY), currency: USD };
    expect(() => addUpSummaries([aSummary(1n), mislabelled])).toThrow(Defect);
  });

  it('are refused where a sum is no amount any more', () => {
    expect(addUpSummaries([aSummary(LARGEST_MINOR_UNITS), aSummary(1n)])).toEqual(
      err(expect.objectContaining({ code: 'core.money_out_of_bounds', currency: USD })),
    );
  });
});
