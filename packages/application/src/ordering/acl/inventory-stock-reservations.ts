import type { ResultAsync } from 'neverthrow';

import {
  defect,
  describeActor,
  type Instant,
  type OrderId,
  type VariantId,
} from '@kastoma/domain/core';
import { addUpDemand, type MovementCause } from '@kastoma/domain/inventory';
import type { OutOfStock } from '@kastoma/domain/ordering';

import type { CallContext } from '../../core/call-context.ts';
import type { StockLedger } from '../../inventory/stock-ledger.port.ts';
import type { StockReservations } from '../stock-reservations.port.ts';

/** An order's units, as the inventory's ledger knows them. */
export class InventoryStockReservations implements StockReservations {
  readonly #ledger: StockLedger;
  readonly #context: CallContext;

  constructor(ledger: StockLedger, context: CallContext) {
    this.#ledger = ledger;
    this.#context = context;
  }

  reserve(
    orderId: OrderId,
    lines: readonly { readonly variantId: VariantId; readonly quantity: number }[],
    at: Instant,
  ): ResultAsync<void, OutOfStock> {
    const cause = this.#causeOf(orderId, 'Order placed', at);
    return this.#ledger
      .reserve(addUpDemand(lines), cause)
      .mapErr(({ shortages }) => ({ code: 'ordering.out_of_stock' as const, shortages }));
  }

  release(orderId: OrderId, reason: string, at: Instant): ResultAsync<void, never> {
    return this.#ledger.release(this.#causeOf(orderId, reason, at)).map(() => undefined);
  }

  fulfil(
    orderId: OrderId,
    lines: readonly { readonly variantId: VariantId; readonly quantity: number }[],
    at: Instant,
  ): ResultAsync<void, never> {
    return this.#ledger
      .fulfil(addUpDemand(lines), this.#causeOf(orderId, 'Order shipped', at))
      .orElse(() => defect(`Units of the order ${orderId} leave that nobody held for it.`));
  }

  #causeOf(orderId: OrderId, reason: string, at: Instant): MovementCause {
    return {
      reference: `order:${orderId}`,
      actor: describeActor(this.#context.actor),
      reason,
      at,
    };
  }
}
