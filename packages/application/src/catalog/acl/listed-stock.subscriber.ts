import { ok } from 'neverthrow';

import type { VariantId } from '@kastoma/domain/core';
import { DEFAULT_LOCATION_ID, type StockChanged } from '@kastoma/domain/inventory';

import type { Subscriber } from '../../core/subscriber.ts';
import type { CatalogTx } from '../catalog.unit-of-work.ts';

/** Lists say what can be had of the location that orders are served from. */
export class ListedStock implements Subscriber<StockChanged, CatalogTx> {
  readonly consumer = 'catalog.listed_stock';

  readonly handle = async (
    { payload, aggregateVersion: version }: StockChanged,
    { listing }: CatalogTx,
  ) => {
    const { locationId, inStock } = payload;
    return locationId === DEFAULT_LOCATION_ID
      ? listing.note([{ variantId: payload.variantId as VariantId, inStock, version }])
      : ok();
  };
}
