import fc from 'fast-check';

import type { TaxPolicy, TaxRule } from '../pricing/tax.value.ts';
import { anyCountry, REGIONS, sometimes, TAX_CLASSES } from './cart-facts.ts';
import type { PolicyChoice } from './policy.ts';
import { anyRate } from './rate.arbitrary.ts';

const ALWAYS = ['exclusive'] as const;

export function anyTaxRule(): fc.Arbitrary<TaxRule> {
  return fc.record({
    id: fc.nat({ max: 99 }).map((number) => `tax-${number}`),
    name: fc.constantFrom(undefined, 'VAT', 'GST'),
    country: anyCountry(),
    region: sometimes(fc.constantFrom(...REGIONS), { nilWeight: 6 }),
    taxClass: sometimes(fc.constantFrom(...TAX_CLASSES), { nilWeight: 2 }),
    rate: anyRate(),
  });
}

/** Inclusive and exclusive prices, rounded per line and per total, with rules that add up. */
export function anyTaxPolicy({ without = [] }: PolicyChoice = {}): fc.Arbitrary<TaxPolicy> {
  const prices = (['exclusive', 'inclusive'] as const).filter(
    (name) => !without.includes(`tax_${name}`),
  );
  const roundings = (['per_line', 'per_total'] as const).filter(
    (name) => name === 'per_line' || !without.includes('tax_per_total'),
  );
  return fc.record({
    prices: fc.constantFrom<TaxPolicy['prices']>(...(prices.length === 0 ? ALWAYS : prices)),
    rounding: fc.constantFrom(...roundings),
    rules: fc.uniqueArray(anyTaxRule(), { selector: ({ id }) => id, maxLength: 5 }),
  });
}
