import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant, VariantId } from '@kastoma/domain/core';
import {
  openQuantity,
  Stock,
  type Location,
  type LocationNotFound,
  type StockNotFound,
} from '@kastoma/domain/inventory';

import {
  feedOf,
  type Feed,
  type FeedRequest,
  type Page,
  type PageRequest,
} from '../../core/page.ts';
import type { RecordedMovement } from '../../inventory/stock-ledger.port.ts';
import type {
  LedgerFilter,
  LowStockView,
  MovementCursor,
  MovementView,
  StockQueries,
  StockView,
} from '../../inventory/stock-queries.port.ts';
import { viewMovement, viewStock } from '../../inventory/stock-view.ts';
import { byKeys, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';
import { InMemoryLocations } from './locations.in-memory.ts';
import { stockOf } from './stock-accounts.ts';

type NotFound = StockNotFound | LocationNotFound;

export class InMemoryStockQueries implements StockQueries {
  readonly #memory: Memory;
  readonly #locations: InMemoryLocations;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#locations = new InMemoryLocations(memory);
  }

  find(variantId: VariantId, code: string | null = null): ResultAsync<StockView, NotFound> {
    return this.#account(variantId, code).map(({ stock, location }) =>
      viewStock(stock, location.state.code),
    );
  }

  movements(filter: LedgerFilter, page: PageRequest): ResultAsync<Page<MovementView>, NotFound> {
    return this.#ledger(filter).map((lines) => pageOf(lines.map(toView), page));
  }

  movementFeed(
    filter: LedgerFilter,
    { after, pageSize }: FeedRequest<MovementCursor>,
  ): ResultAsync<Feed<MovementView, MovementCursor>, NotFound> {
    return this.#ledger(filter).map((lines) => {
      const rest = lines.filter(({ sequence }) => sequence < (after?.keys[0] ?? Infinity));
      const { items, next } = feedOf(rest.slice(0, pageSize + 1), pageSize, placeOf);
      return { items: items.map(toView), next };
    });
  }

  lowStock(
    filter: { readonly location: string | null; readonly threshold: number },
    page: PageRequest,
  ): ResultAsync<Page<LowStockView>, LocationNotFound> {
    return this.#locations.find(filter.location).map(({ state }) => {
      const low = [...this.#memory.tables.products.values()].flatMap((product) =>
        (product.state.status === 'archived' || product.state.deletedAt !== null
          ? []
          : product.state.variants
        ).flatMap((variant) => {
          const stock = stockOf(this.#memory, variant.id, state.id);
          if (stock === undefined || stock.state.tracking.mode === 'not_tracked') return [];
          const { onHand, reserved, reorderPoint } = stock.state;
          const threshold = reorderPoint ?? filter.threshold;
          const { available } = stock;
          const view: LowStockView = {
            variantId: variant.id,
            productId: product.state.id,
            sku: variant.sku,
            productName: product.state.name,
            onHand,
            reserved,
            available,
            threshold,
          };
          return available <= threshold ? [view] : [];
        }),
      );
      const leastFirst = byKeys<LowStockView>(
        ({ available }) => available,
        ({ variantId }) => variantId,
      );
      return pageOf(low.toSorted(leastFirst), page);
    });
  }

  async expiredReservations(now: Instant, limit: number): Promise<readonly string[]> {
    const overdue = [...this.#memory.tables.reservations.values()]
      .flatMap((one) => (one.expiresAt === null ? [] : [{ ...one, expiresAt: one.expiresAt }]))
      .filter((one) => openQuantity(one) > 0 && one.expiresAt <= now)
      .toSorted(
        byKeys(
          ({ expiresAt }) => expiresAt,
          ({ reference }) => reference,
        ),
      );
    return [...new Set(overdue.map(({ reference }) => reference))].slice(0, limit);
  }

  #ledger({ variantId, location: code, type }: LedgerFilter): ResultAsync<Line[], NotFound> {
    return this.#account(variantId, code).map(({ location }) =>
      this.#memory.tables.movements
        .map((movement, sequence) => ({ movement, sequence }))
        .filter(({ movement }) => movement.variantId === variantId)
        .filter(({ movement }) => movement.locationId === location.state.id)
        .filter(({ movement }) => type === null || movement.type === type)
        .toReversed(),
    );
  }

  #account(variantId: VariantId, code: string | null): ResultAsync<Account, NotFound> {
    return this.#locations.find(code).andThen((location): ResultAsync<Account, StockNotFound> => {
      const stock = stockOf(this.#memory, variantId, location.state.id);
      if (stock !== undefined) return okAsync({ stock, location });
      return stockOf(this.#memory, variantId) === undefined
        ? errAsync({ code: 'inventory.stock_not_found' })
        : okAsync({ stock: Stock.empty(variantId, location.state.id), location });
    });
  }
}

type Line = { readonly movement: RecordedMovement; readonly sequence: number };
type Account = { readonly stock: Stock; readonly location: Location };

function toView({ movement }: Line): MovementView {
  return viewMovement(movement);
}

function placeOf({ sequence }: Line): MovementCursor {
  return { ordering: 'latest', keys: [sequence] };
}
