import type { LocationId, VariantId } from '@kastoma/domain/core';
import { DEFAULT_LOCATION_ID, type Stock } from '@kastoma/domain/inventory';

import type { Memory } from './in-memory-store.ts';

export function accountKey(variantId: VariantId, locationId: LocationId): string {
  return `${variantId} ${locationId}`;
}

/** The account of a variant at a location, the default one unless it is named. */
export function stockOf(
  { tables }: Memory,
  variantId: VariantId,
  locationId: LocationId = DEFAULT_LOCATION_ID,
): Stock | undefined {
  return tables.stock.get(accountKey(variantId, locationId));
}
