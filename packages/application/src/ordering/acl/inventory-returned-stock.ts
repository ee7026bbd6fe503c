import type { ResultAsync } from 'neverthrow';

import {
  defect,
  describeActor,
  type Instant,
  type ReturnId,
  type VariantId,
} from '@kastoma/domain/core';
import { addUpDemand } from '@kastoma/domain/inventory';

import type { CallContext } from '../../core/call-context.ts';
import type { StockLedger } from '../../inventory/stock-ledger.port.ts';
import type { ReturnedStock, ShelfFull } from '../returned-stock.port.ts';

/** Units that came back, as the inventory's ledger takes them in. */
export class InventoryReturnedStock implements ReturnedStock {
  readonly #ledger: StockLedger;
  readonly #context: CallContext;

  constructor(ledger: StockLedger, context: CallContext) {
    this.#ledger = ledger;
    this.#context = context;
  }

  restock(
    returnId: ReturnId,
    lines: readonly { readonly variantId: VariantId; readonly quantity: number }[],
    at: Instant,
  ): ResultAsync<void, ShelfFull> {
    const actor = describeActor(this.#context.actor);
    const cause = { reference: `return:${returnId}`, actor, reason: 'Return received', at };
    return this.#ledger
      .restock(addUpDemand(lines), cause)
      .mapErr(({ code }) =>
        code === 'inventory.invalid_stock'
          ? { code: 'ordering.shelf_full' as const }
          : defect('Units came back of a variant that never had any.'),
      );
  }
}
