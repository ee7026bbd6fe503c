import type { ResultAsync } from 'neverthrow';

import type { VariantId, Instant } from '@kastoma/domain/core';
import type { MovementType, StockNotFound } from '@kastoma/domain/inventory';

import type { Page, PageRequest } from '../core/page.ts';

export type StockView = {
  readonly variantId: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
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

export interface StockQueries {
  find(variantId: VariantId): ResultAsync<StockView, StockNotFound>;
  /** The latest first. */
  movements(
    variantId: VariantId,
    page: PageRequest,
  ): ResultAsync<Page<MovementView>, StockNotFound>;
}
