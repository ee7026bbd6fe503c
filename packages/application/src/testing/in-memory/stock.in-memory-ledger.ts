import { err, errAsync, okAsync, Result, type ResultAsync } from 'neverthrow';

import type { Instant, LocationId, VariantId } from '@kastoma/domain/core';
import {
  DEFAULT_LOCATION_ID,
  openQuantity,
  Stock,
  stockChanged,
  type Demand,
  type InsufficientStock,
  type InvalidStock,
  type Moved,
  type MovementCause,
  type Reservation,
  type StockNotFound,
  type UnitsNotReserved,
} from '@kastoma/domain/inventory';

import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { RecordedMovement, StockLedger } from '../../inventory/stock-ledger.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import { byKeys } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';
import { accountKey, stockOf } from './stock-accounts.ts';

export class InMemoryStockLedger implements StockLedger {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;
  readonly #ids: IdGenerator;

  constructor(memory: Memory, outbox: InMemoryOutbox, ids: IdGenerator) {
    this.#memory = memory;
    this.#outbox = outbox;
    this.#ids = ids;
  }

  open(openings: readonly Moved[]): ResultAsync<void, never> {
    for (const moved of openings) this.#store(moved);
    return okAsync();
  }

  find(variantId: VariantId, locationId: LocationId): ResultAsync<Stock, StockNotFound> {
    const found = stockOf(this.#memory, variantId, locationId);
    if (found !== undefined) return okAsync(found);
    return stockOf(this.#memory, variantId) === undefined
      ? errAsync({ code: 'inventory.stock_not_found' })
      : okAsync(Stock.empty(variantId, locationId));
  }

  save(
    before: Stock,
    moved: Moved,
    at: Instant,
  ): ResultAsync<readonly RecordedMovement[], ConcurrentUpdate> {
    this.#outbox.record([stockChanged(before, moved.stock, at)]);
    return okAsync(this.#store(moved));
  }

  reserve(
    demand: readonly Demand[],
    cause: MovementCause,
    expiresAt: Instant | null = null,
  ): ResultAsync<void, InsufficientStock> {
    const attempts = demand.map((wanted) => {
      const before = this.#accountOf(wanted);
      return { before, wanted, outcome: before.reserve(wanted, cause) };
    });
    const shortages = attempts.flatMap(({ outcome }) =>
      outcome.isErr() ? outcome.error.shortages : [],
    );
    if (shortages.length > 0) return errAsync({ code: 'inventory.insufficient_stock', shortages });
    for (const { before, wanted, outcome } of attempts) {
      if (outcome.isErr() || outcome.value.movements.length === 0) continue;
      this.#post(before, outcome.value, cause.at);
      this.#hold(wanted, cause.reference, expiresAt);
    }
    return okAsync();
  }

  holdUntil(reference: string, expiresAt: Instant | null): ResultAsync<number, never> {
    const held = this.#reservationsOf(reference).filter((one) => openQuantity(one) > 0);
    for (const reservation of held) this.#keep({ ...reservation, expiresAt });
    return okAsync(held.length);
  }

  release(cause: MovementCause): ResultAsync<readonly Demand[], never> {
    const held = this.#reservationsOf(cause.reference).filter((one) => openQuantity(one) > 0);
    for (const reservation of held) {
      const quantity = openQuantity(reservation);
      const before = this.#accountOf(reservation);
      this.#post(before, before.release(quantity, cause), cause.at);
      this.#keep({ ...reservation, released: reservation.released + quantity });
    }
    return okAsync(held.map((one) => ({ variantId: one.variantId, quantity: openQuantity(one) })));
  }

  fulfil(demand: readonly Demand[], cause: MovementCause): ResultAsync<void, UnitsNotReserved> {
    const known = new Map(this.#reservationsOf(cause.reference).map((one) => [one.variantId, one]));
    const shortages = demand.flatMap(({ variantId, quantity: requested }) => {
      const reservation = known.get(variantId);
      const available = reservation === undefined ? requested : openQuantity(reservation);
      return available < requested ? [{ variantId, requested, available }] : [];
    });
    if (shortages.length > 0) return errAsync({ code: 'inventory.units_not_reserved', shortages });
    for (const { variantId, quantity } of demand) {
      const reservation = known.get(variantId);
      if (reservation === undefined) continue;
      const before = this.#accountOf(reservation);
      this.#post(before, before.fulfil(quantity, cause), cause.at);
      this.#keep({ ...reservation, fulfilled: reservation.fulfilled + quantity });
    }
    return okAsync();
  }

  restock(
    demand: readonly Demand[],
    cause: MovementCause,
  ): ResultAsync<void, InvalidStock | StockNotFound> {
    const attempts = demand.map(({ variantId, quantity }) => {
      const before = stockOf(this.#memory, variantId);
      return before === undefined
        ? err({ code: 'inventory.stock_not_found' as const })
        : before.restock(quantity, cause).map((moved) => ({ before, moved }));
    });
    return Result.combine(attempts).asyncMap(async (all) => {
      for (const { before, moved } of all) this.#post(before, moved, cause.at);
    });
  }

  #accountOf({ variantId }: Pick<Demand, 'variantId'>): Stock {
    const known = stockOf(this.#memory, variantId);
    return known ?? Stock.empty(variantId, DEFAULT_LOCATION_ID);
  }

  #reservationsOf(reference: string): readonly Reservation[] {
    return [...this.#memory.tables.reservations.values()]
      .filter((reservation) => reservation.reference === reference)
      .toSorted(byKeys(({ variantId }) => variantId));
  }

  #hold({ variantId, quantity }: Demand, reference: string, expiresAt: Instant | null): void {
    const locationId = DEFAULT_LOCATION_ID;
    const one = { reference, variantId, locationId, quantity, fulfilled: 0, released: 0 };
    const earlier = this.#memory.tables.reservations.get(reservationKey(one));
    this.#keep(
      earlier === undefined
        ? { ...one, id: this.#ids.next(), expiresAt }
        : { ...earlier, quantity: earlier.quantity + quantity, expiresAt },
    );
  }

  #keep(reservation: Reservation): void {
    this.#memory.tables.reservations.set(reservationKey(reservation), reservation);
  }

  #post(before: Stock, moved: Moved, at: Instant): void {
    this.#store(moved);
    if (before.isInStock !== moved.stock.isInStock)
      this.#outbox.record([stockChanged(before, moved.stock, at)]);
  }

  #store({ stock, movements }: Moved): readonly RecordedMovement[] {
    const { variantId, locationId } = stock.state;
    this.#memory.tables.stock.set(accountKey(variantId, locationId), stock);
    const recorded = movements.map((movement) => ({ ...movement, id: this.#ids.next<string>() }));
    this.#memory.tables.movements.push(...recorded);
    return recorded;
  }
}

type ReservationName = Pick<Reservation, 'reference' | 'variantId' | 'locationId'>;

function reservationKey({ reference, variantId, locationId }: ReservationName): string {
  return JSON.stringify([reference, variantId, locationId]);
}
