import type { ResultAsync } from 'neverthrow';

import type { VariantId, Instant } from '@kastoma/domain/core';
import type {
  LocationNotFound,
  MovementType,
  StockNotFound,
  TrackingMode,
} from '@kastoma/domain/inventory';

import type { Cursor, Feed, FeedRequest, Page, PageRequest } from '../core/page.ts';

export type StockView = {
  readonly variantId: string;
  /** The code. */
  readonly location: string;
  readonly tracking: TrackingMode;
  readonly backorderLimit: number | null;
  readonly reorderPoint: number | null;
  readonly onHand: number;
  readonly reserved: number;
  /** Null where nobody counts. */
  readonly available: number | null;
  readonly inStock: boolean;
  readonly version: number;
};

export type MovementView = {
  readonly id: string;
  readonly type: MovementType;
  readonly onHandDelta: number;
  readonly reservedDelta: number;
  readonly onHandBefore: number;
  readonly onHandAfter: number;
  readonly reservedBefore: number;
  readonly reservedAfter: number;
  readonly reference: string;
  readonly actor: string;
  readonly reason: string;
  readonly occurredAt: Instant;
};

/** One account's ledger, or the lines of one type in it; no location is the default one. */
export type LedgerFilter = {
  readonly variantId: VariantId;
  readonly location: string | null;
  readonly type: MovementType | null;
};

export type MovementCursor = Cursor<'latest', readonly [sequence: number]>;

export type LowStockView = {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly productName: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  /** The account's own point, or the threshold that was asked for. */
  readonly threshold: number;
};

export interface StockQueries {
  /** At a location by its code; left out, at the default one. */
  find(
    variantId: VariantId,
    location?: string | null,
  ): ResultAsync<StockView, StockNotFound | LocationNotFound>;
  /** The latest first. */
  movements(
    filter: LedgerFilter,
    page: PageRequest,
  ): ResultAsync<Page<MovementView>, StockNotFound | LocationNotFound>;
  /** The same, to be read on. */
  movementFeed(
    filter: LedgerFilter,
    request: FeedRequest<MovementCursor>,
  ): ResultAsync<Feed<MovementView, MovementCursor>, StockNotFound | LocationNotFound>;
  /** What is for sale, is counted, and has no more available than its reorder point, or than the threshold where it has none; the least first. */
  lowStock(
    filter: { readonly location: string | null; readonly threshold: number },
    page: PageRequest,
  ): ResultAsync<Page<LowStockView>, LocationNotFound>;
  /** What units are still held under although their time is up, the oldest first. */
  expiredReservations(now: Instant, limit: number): Promise<readonly string[]>;
}
