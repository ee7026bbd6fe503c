import type { UnitRun } from '../quote.value.ts';
import { moneyOf, type Work } from './work.ts';

/**
 * Shares a line out to its units: so many of one amount, then so many of one minor unit more, and the tax alike. Both
 * have the larger amounts at the end, so that no unit bears more tax than it costs.
 */
export function unitRuns(quantity: number, total: bigint, tax: bigint, work: Work): UnitRun[] {
  const units = BigInt(quantity);
  const [totalOfUnit, largerTotals] = [total / units, total % units];
  const [taxOfUnit, largerTaxes] = [tax / units, tax % units];
  if (largerTotals === 0n && largerTaxes === 0n)
    return [{ quantity, total: moneyOf(work, totalOfUnit), tax: moneyOf(work, taxOfUnit) }];
  const cuts = [units - largerTotals, units - largerTaxes].toSorted((a, b) => (a < b ? -1 : 1));
  let start = 0n;
  return [...cuts, units].flatMap((end) => {
    if (end === start) return [];
    const isLarger = (larger: bigint) => start >= units - larger;
    const run = {
      quantity: Number(end - start),
      total: moneyOf(work, totalOfUnit + (isLarger(largerTotals) ? 1n : 0n)),
      tax: moneyOf(work, taxOfUnit + (isLarger(largerTaxes) ? 1n : 0n)),
    };
    start = end;
    return [run];
  });
}
