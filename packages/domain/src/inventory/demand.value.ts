import type { VariantId } from '../core/ids.value.ts';

/** How many units of a variant somebody wants. */
export type Demand = { readonly variantId: VariantId; readonly quantity: number };

/**
 * One demand a variant, sorted by variant: lines that share a variant must be
 * checked together, and stock taken in one order everywhere cannot deadlock.
 */
export function addUpDemand(lines: readonly Demand[]): readonly Demand[] {
  const quantities = new Map<VariantId, number>();
  for (const { variantId, quantity } of lines) {
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  }
  return [...quantities]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1));
}
