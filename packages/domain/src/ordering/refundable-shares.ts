import { err, ok, type Result } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import { LARGEST_MINOR_UNITS, type Money } from '../core/money.value.ts';
import type { FieldPath } from '../core/text.value.ts';
import type { FrozenUnits, PriceMode } from './frozen-price.value.ts';
import { countUnits, sumUnits, type UnitAmounts, type UnitsLeft } from './units-left.value.ts';

/** What was paid, tax included, and how much of it is tax. */
export type Share = { readonly paid: bigint; readonly tax: bigint };

/** What something was sold at, as an order freezes it; the lines and the shipping of a quote fit as they are. */
export type FrozenShares<ItemId extends string = string> = {
  readonly currency: Currency;
  readonly prices: PriceMode;
  readonly items: readonly {
    readonly id: ItemId;
    readonly quantity?: number;
    readonly units: readonly FrozenUnits[];
  }[];
  readonly shipping: { readonly total: Money; readonly tax: Money } | null;
};

export type InvalidShares = {
  readonly code: 'ordering.invalid_shares';
  readonly path: FieldPath;
  /** `sign`: amounts above zero stand beside amounts below it. `quantity`: no whole number above zero, or not that of the item. */
  readonly reason: 'currency' | 'sign' | 'quantity' | 'repeated' | 'too_large';
};

type ReadShares<ItemId extends string> = {
  readonly sign: bigint;
  readonly goods: ReadonlyMap<ItemId, UnitsLeft>;
  readonly shipping: UnitAmounts;
};

/** Turns shares into magnitudes, after it has seen that they can be shares of one sale. */
export function readShares<ItemId extends string>(
  shares: FrozenShares<ItemId>,
): Result<ReadShares<ItemId>, InvalidShares> {
  const refuse = (reason: InvalidShares['reason'], path: FieldPath) =>
    err({ code: 'ordering.invalid_shares' as const, path, reason });
  const amounts = amountsOf(shares);
  const foreign = amounts.find(({ money }) => money.currency !== shares.currency);
  if (foreign !== undefined) return refuse('currency', foreign.path);
  const sign = amounts.some(({ money }) => money.isNegative) ? -1n : 1n;
  const opposed = amounts.find(({ money }) => money.minorUnits * sign < 0n);
  if (opposed !== undefined) return refuse('sign', opposed.path);

  const magnitudes = ({ total, tax }: { total: Money; tax: Money }): UnitAmounts => ({
    total: total.minorUnits * sign,
    tax: tax.minorUnits * sign,
  });
  const goods = new Map<ItemId, UnitsLeft>();
  for (const [index, { id, quantity, units }] of shares.items.entries()) {
    const runs = units.map((run) => ({ quantity: run.quantity, ...magnitudes(run) }));
    if (goods.has(id)) return refuse('repeated', ['items', index, 'id']);
    if (!areCounted(runs, quantity)) return refuse('quantity', ['items', index, 'units']);
    goods.set(id, runs);
  }
  const shipping = shares.shipping === null ? { total: 0n, tax: 0n } : magnitudes(shares.shipping);
  return isTooLarge([...goods.values(), [{ quantity: 1, ...shipping }]], shares.prices)
    ? refuse('too_large', [])
    : ok({ sign, goods, shipping });
}

function amountsOf({
  items,
  shipping,
}: FrozenShares): readonly { readonly money: Money; readonly path: FieldPath }[] {
  const both = (part: { total: Money; tax: Money }, path: FieldPath) => [
    { money: part.total, path: [...path, 'total'] },
    { money: part.tax, path: [...path, 'tax'] },
  ];
  return [
    ...items.flatMap(({ units }, index) =>
      units.flatMap((run, place) => both(run, ['items', index, 'units', place])),
    ),
    ...(shipping === null ? [] : both(shipping, ['shipping'])),
  ];
}

function areCounted(runs: UnitsLeft, quantity: number | undefined): boolean {
  const counted = countUnits(runs);
  return (
    runs.every((run) => Number.isSafeInteger(run.quantity) && run.quantity >= 1) &&
    Number.isSafeInteger(counted) &&
    counted === (quantity ?? counted)
  );
}

/** Then no part of it is too large either. */
function isTooLarge(parts: readonly UnitsLeft[], prices: PriceMode): boolean {
  const sums = parts.map(sumUnits);
  const ofTotals = sums.reduce((sum, { total }) => sum + total, 0n);
  const ofTaxes = sums.reduce((sum, { tax }) => sum + tax, 0n);
  return prices === 'exclusive'
    ? ofTotals + ofTaxes > LARGEST_MINOR_UNITS
    : ofTotals > LARGEST_MINOR_UNITS || ofTaxes > LARGEST_MINOR_UNITS;
}
