import { ok, Result } from 'neverthrow';

import { defect, type Currency, type Money, type MoneyOutOfBounds } from '@kastoma/domain/core';
import type { Differences, SimulationSummary } from '@kastoma/domain/pricing';

/** One summary a currency of simulations that were made one after the other; fails where a sum is no amount any more. */
export function addUpSummaries(
  parts: readonly SimulationSummary[],
): Result<readonly SimulationSummary[], MoneyOutOfBounds> {
  const byCurrency = new Map<Currency, Result<SimulationSummary, MoneyOutOfBounds>>();
  for (const part of parts) {
    const sum = byCurrency.get(part.currency);
    byCurrency.set(
      part.currency,
      sum === undefined ? ok(part) : sum.andThen((so) => add(so, part)),
    );
  }
  return Result.combine(sortedByKey(byCurrency).map(([, sum]) => sum));
}

function add(
  one: SimulationSummary,
  other: SimulationSummary,
): Result<SimulationSummary, MoneyOutOfBounds> {
  return addDifferences(one.differences, other.differences).map((differences) => ({
    currency: one.currency,
    carts: one.carts + other.carts,
    changed: one.changed + other.changed,
    differences,
    notPriceable: addCounts([...one.notPriceable, ...other.notPriceable]),
  }));
}

function addDifferences(
  one: Differences,
  other: Differences,
): Result<Differences, MoneyOutOfBounds> {
  const sum = (field: keyof Differences): Result<Money, MoneyOutOfBounds> =>
    one[field]
      .plus(other[field])
      .mapErr((error) =>
        error.code === 'core.money_out_of_bounds'
          ? error
          : defect('Summaries of one currency have amounts in two.'),
      );
  return Result.combine([sum('discount'), sum('shipping'), sum('tax'), sum('total')]).map(
    ([discount, shipping, tax, total]) => ({ discount, shipping, tax, total }),
  );
}

function addCounts(counts: SimulationSummary['notPriceable']): SimulationSummary['notPriceable'] {
  const byCode = new Map<(typeof counts)[number]['code'], number>();
  for (const { code, carts } of counts) byCode.set(code, (byCode.get(code) ?? 0) + carts);
  return sortedByKey(byCode).map(([code, carts]) => ({ code, carts }));
}

/** By code units, in whatever language the shop runs; no key of a map is there twice. */
function sortedByKey<Key extends string, Value>(
  entries: ReadonlyMap<Key, Value>,
): readonly (readonly [Key, Value])[] {
  return [...entries].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
