import type { Variant, VariantPrice } from '@kastoma/domain/catalog';
import type { Currency, VariantId } from '@kastoma/domain/core';

export type PriceRow = {
  variant_id: VariantId;
  currency: Currency;
  amount: bigint;
  compare_at_amount: bigint | null;
  minimum_amount: bigint | null;
  cost_amount: bigint | null;
};

/** What a variant costs: one row a currency, its own first. */
export function priceRowsOf(variant: Variant): readonly PriceRow[] {
  const { id, cost, prices } = variant;
  const row = ({ price, compareAtPrice, minimumPrice }: VariantPrice): PriceRow => ({
    variant_id: id,
    currency: price.currency,
    amount: price.minorUnits,
    compare_at_amount: compareAtPrice?.minorUnits ?? null,
    minimum_amount: minimumPrice?.minorUnits ?? null,
    cost_amount: null,
  });
  return [{ ...row(variant), cost_amount: cost?.minorUnits ?? null }, ...prices.map(row)];
}
