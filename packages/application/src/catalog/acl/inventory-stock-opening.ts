import { Result, type ResultAsync } from 'neverthrow';

import { describeActor } from '@kastoma/domain/core';
import { Stock, type Moved } from '@kastoma/domain/inventory';

import type { CallContext } from '../../core/call-context.ts';
import type { Clock } from '../../core/clock.port.ts';
import type { StockLedger } from '../../inventory/stock-ledger.port.ts';
import type { Listing } from '../listing.port.ts';
import type { InvalidOpeningStock, OpeningStock, StockOpening } from '../stock-opening.port.ts';

/** The catalogue's first units, as the inventory's ledger knows them; lists have them at once. */
export class InventoryStockOpening implements StockOpening {
  readonly #ledger: StockLedger;
  readonly #listing: Listing;
  readonly #context: CallContext;
  readonly #clock: Clock;

  constructor(ledger: StockLedger, listing: Listing, context: CallContext, clock: Clock) {
    this.#ledger = ledger;
    this.#listing = listing;
    this.#context = context;
    this.#clock = clock;
  }

  open(stocks: readonly OpeningStock[]): ResultAsync<void, InvalidOpeningStock> {
    const actor = describeActor(this.#context.actor);
    const cause = { reference: 'catalog', actor, reason: 'Initial stock', at: this.#clock.now() };
    return Result.combine(
      stocks.map(({ variantId, units, path }) =>
        Stock.open(variantId, units, cause, path).mapErr((error) => ({
          ...error,
          code: 'catalog.invalid_opening_stock' as const,
        })),
      ),
    ).asyncAndThen((openings) => this.#ledger.open(openings).andThen(() => this.#note(openings)));
  }

  #note(openings: readonly Moved[]): ResultAsync<void, never> {
    return this.#listing.note(
      openings.map(({ stock: { state, version, isInStock } }) => ({
        variantId: state.variantId,
        inStock: isInStock,
        version,
      })),
    );
  }
}
