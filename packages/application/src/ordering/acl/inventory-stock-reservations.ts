import type { ResultAsync } from 'neverthrow';

import { describeActor, type Instant, type OrderId, type VariantId } from '@kastoma/domain/core';
import { addUpDemand } from '@kastoma/domain/inventory';
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
    const actor = describeActor(this.#context.actor);
    const cause = { reference: `order:${orderId}`, actor, reason: 'Order placed', at };
    return this.#ledger
      .reserve(addUpDemand(lines), cause)
      .mapErr(({ shortages }) => ({ code: 'ordering.out_of_stock' as const, shortages }));
  }
}
