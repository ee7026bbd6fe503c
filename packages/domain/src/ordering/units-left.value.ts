import { divideRounded } from '../core/rounding.ts';

/** Amounts of one unit, in minor units; never negative. */
export type UnitAmounts = { readonly total: bigint; readonly tax: bigint };

/** So many units one after the other at the same amounts. */
export type UnitsRun = UnitAmounts & { readonly quantity: number };

/** The units of one line that nothing or not all was paid back for, in the order in which they are paid back. */
export type UnitsLeft = readonly UnitsRun[];

export function countUnits(units: UnitsLeft): number {
  return units.reduce((sum, { quantity }) => sum + quantity, 0);
}

export function sumUnits(units: UnitsLeft): UnitAmounts {
  return units.reduce(
    (sum, { quantity, total, tax }) => ({
      total: sum.total + total * BigInt(quantity),
      tax: sum.tax + tax * BigInt(quantity),
    }),
    { total: 0n, tax: 0n },
  );
}

/** Takes the next units, of which there are enough: what they come to, and the units after them. */
export function takeUnits(
  units: UnitsLeft,
  quantity: number,
): { readonly taken: UnitAmounts; readonly left: UnitsLeft } {
  const taken: UnitsRun[] = [];
  const left: UnitsRun[] = [];
  let missing = quantity;
  for (const run of units) {
    const here = Math.min(missing, run.quantity);
    missing -= here;
    if (here > 0) taken.push({ ...run, quantity: here });
    if (here < run.quantity) left.push({ ...run, quantity: run.quantity - here });
  }
  return { taken: sumUnits(taken), left };
}

/** Takes amounts of at most what is left, and spreads the rest evenly over the units: the smaller ones come first. */
export function takeAmounts(units: UnitsLeft, taken: UnitAmounts): UnitsLeft {
  const sum = sumUnits(units);
  return spreadEvenly(countUnits(units), {
    total: sum.total - taken.total,
    tax: sum.tax - taken.tax,
  });
}

/** The smaller ones first: at most three runs, whatever the number of units. */
export function spreadEvenly(units: number, { total, tax }: UnitAmounts): UnitsLeft {
  if (units === 0) return [];
  const count = BigInt(units);
  const raisedAt = { total: units - Number(total % count), tax: units - Number(tax % count) };
  const bounds = [...new Set([raisedAt.total, raisedAt.tax, units])].toSorted((a, b) => a - b);
  return bounds.map((end, index) => {
    const start = bounds[index - 1] ?? 0;
    return {
      quantity: end - start,
      total: total / count + (start >= raisedAt.total ? 1n : 0n),
      tax: tax / count + (start >= raisedAt.tax ? 1n : 0n),
    };
  });
}

/** The tax in a part of what was paid: proportional, rounded half up, and all of it in all of it. */
export function taxIn(
  part: bigint,
  whole: { readonly paid: bigint; readonly tax: bigint },
): bigint {
  return whole.paid === 0n ? 0n : divideRounded(part * whole.tax, whole.paid, 'half_up');
}
