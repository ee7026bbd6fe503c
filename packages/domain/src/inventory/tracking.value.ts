import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';
import { LARGEST_STOCK } from './stock-movement.value.ts';

export const TRACKING_MODES = ['tracked', 'backorder', 'not_tracked'] as const;
export type TrackingMode = (typeof TRACKING_MODES)[number];

/** Whether units are counted, and how far orders may run ahead of them. */
export type Tracking =
  | { readonly mode: 'tracked' }
  /** Null: as many as anybody wants. */
  | { readonly mode: 'backorder'; readonly limit: number | null }
  | { readonly mode: 'not_tracked' };

export type InvalidBackorderLimit = {
  readonly code: 'inventory.invalid_backorder_limit';
  readonly path: FieldPath;
  readonly maximum: number;
};

export const TRACKED: Tracking = Object.freeze({ mode: 'tracked' });

/** A limit is for backorders alone. */
export function defineTracking(
  mode: TrackingMode,
  limit: number | null,
): Result<Tracking, InvalidBackorderLimit> {
  const isLimit =
    limit === null ||
    (mode === 'backorder' && Number.isInteger(limit) && limit >= 0 && limit <= LARGEST_STOCK);
  if (!isLimit) {
    const path = ['backorderLimit'];
    return err({ code: 'inventory.invalid_backorder_limit', path, maximum: LARGEST_STOCK });
  }
  return ok(mode === 'backorder' ? { mode, limit } : { mode });
}

/** What available never falls below. */
export function lowestAvailable(tracking: Tracking): number {
  switch (tracking.mode) {
    case 'tracked':
      return 0;
    case 'backorder':
      return -(tracking.limit ?? LARGEST_STOCK);
    case 'not_tracked':
      return -LARGEST_STOCK;
  }
}
