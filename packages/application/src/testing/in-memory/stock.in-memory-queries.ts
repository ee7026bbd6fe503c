import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { VariantId } from '@kastoma/domain/core';
import type { StockMovement, StockNotFound } from '@kastoma/domain/inventory';

import type { Page, PageRequest } from '../../core/page.ts';
import type { MovementView, StockQueries, StockView } from '../../inventory/stock-queries.port.ts';
import { pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryStockQueries implements StockQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(variantId: VariantId): ResultAsync<StockView, StockNotFound> {
    const found = this.#memory.tables.stock.get(variantId);
    if (found === undefined) return errAsync({ code: 'inventory.stock_not_found' });
    const { onHand, reserved, available } = found.stock;
    return okAsync({ variantId, onHand, reserved, available, version: found.version });
  }

  movements(
    variantId: VariantId,
    page: PageRequest,
  ): ResultAsync<Page<MovementView>, StockNotFound> {
    const views = this.#memory.tables.movements
      .filter((movement) => movement.variantId === variantId)
      .map(toView)
      .toReversed();
    return this.find(variantId).map(() => pageOf(views, page));
  }
}

function toView(movement: StockMovement & { readonly id: string }): MovementView {
  const { id, type, onHandDelta, reservedDelta, onHandAfter, reservedAfter } = movement;
  const { reference, actor, reason, at: occurredAt } = movement;
  return {
    id,
    type,
    onHandDelta,
    reservedDelta,
    onHandBefore: onHandAfter - onHandDelta,
    onHandAfter,
    reservedBefore: reservedAfter - reservedDelta,
    reservedAfter,
    reference,
    actor,
    reason,
    occurredAt,
  };
}
