import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import {
  Stock,
  type Demand,
  type InsufficientStock,
  type MovementCause,
  type StockMovement,
} from '@kastoma/domain/inventory';

import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { StockLedger } from '../../inventory/stock-ledger.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryStockLedger implements StockLedger {
  readonly #memory: Memory;
  readonly #ids: IdGenerator;

  constructor(memory: Memory, ids: IdGenerator) {
    this.#memory = memory;
    this.#ids = ids;
  }

  open(
    openings: readonly { readonly stock: Stock; readonly movements: readonly StockMovement[] }[],
  ): ResultAsync<void, never> {
    for (const { stock, movements } of openings) {
      this.#memory.tables.stock.set(stock.variantId, { stock, version: 1 });
      for (const movement of movements) this.#write(movement);
    }
    return okAsync();
  }

  reserve(demand: readonly Demand[], cause: MovementCause): ResultAsync<void, InsufficientStock> {
    const attempts = demand.map((wanted) => ({
      before: this.#accountOf(wanted),
      outcome: this.#accountOf(wanted).stock.reserve(wanted, cause),
    }));
    const shortages = attempts.flatMap(({ outcome }) =>
      outcome.isErr() ? outcome.error.shortages : [],
    );
    if (shortages.length > 0) return errAsync({ code: 'inventory.insufficient_stock', shortages });
    for (const { before, outcome } of attempts) {
      if (outcome.isErr()) continue;
      const { stock, movement } = outcome.value;
      this.#memory.tables.stock.set(stock.variantId, { stock, version: before.version + 1 });
      this.#write(movement);
    }
    return okAsync();
  }

  #accountOf({ variantId }: Demand): { readonly stock: Stock; readonly version: number } {
    const nothing = { stock: Stock.restore({ variantId, onHand: 0, reserved: 0 }), version: 0 };
    return this.#memory.tables.stock.get(variantId) ?? nothing;
  }

  #write(movement: StockMovement): void {
    this.#memory.tables.movements.push({ ...movement, id: this.#ids.next() });
  }
}
