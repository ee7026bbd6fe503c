import { err, ok, okAsync, Result, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate, IdGenerator } from '@kastoma/application/core';
import type { RecordedMovement, StockLedger } from '@kastoma/application/inventory';
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
  type StockNotFound,
  type UnitsNotReserved,
} from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import type { LastWrites } from '../core/last-writes.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { findOrOpen, openAccounts } from './stock-accounts.ts';
import { heldUnder, lockAccounts, type Held } from './stock-locks.ts';
import {
  holding,
  post,
  posting,
  requirePosted,
  settling,
  type NewReservation,
  type Posting,
} from './stock-posting.ts';

/**
 * Units move in two statements, for a statement sees what stood when it began, also when it waited:
 * the first locks the rows in the order of their ids, so that two orders cannot wait for each other
 * in a circle, and reads what the last holders left; the second stores what the domain makes of it.
 */
export class PostgresStockLedger implements StockLedger {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;
  readonly #ids: IdGenerator;
  readonly #last: LastWrites | null;

  /** With `last`, what is reserved is written when the work ends; that it can be had is known at once. */
  constructor(sql: Queryable, outbox: Outbox, ids: IdGenerator, last: LastWrites | null = null) {
    this.#sql = sql;
    this.#outbox = outbox;
    this.#ids = ids;
    this.#last = last;
  }

  open(openings: readonly Moved[]): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(openAccounts(this.#sql, openings, this.#recorded(openings)));
  }

  find(variantId: VariantId, locationId: LocationId): ResultAsync<Stock, StockNotFound> {
    return ResultAsync.fromSafePromise(findOrOpen(this.#sql, variantId, locationId)).andThen(
      (stock) =>
        stock === undefined ? err({ code: 'inventory.stock_not_found' as const }) : ok(stock),
    );
  }

  save(
    before: Stock,
    moved: Moved,
    at: Instant,
  ): ResultAsync<readonly RecordedMovement[], ConcurrentUpdate> {
    const movements = this.#recorded([moved]);
    const posted = post(this.#sql, this.#outbox, { postings: [{ before, moved }], movements });
    return ResultAsync.fromSafePromise(posted)
      .andThen((isPosted) => (isPosted ? ok() : err({ code: 'core.concurrent_update' as const })))
      .andThen(() => {
        const told = this.#outbox.record([stockChanged(before, moved.stock, at)]);
        return ResultAsync.fromSafePromise(told);
      })
      .map(() => movements);
  }

  reserve(
    demand: readonly Demand[],
    cause: MovementCause,
    expiresAt: Instant | null = null,
  ): ResultAsync<void, InsufficientStock> {
    return demand.length === 0
      ? okAsync()
      : new ResultAsync(this.#reserve(demand, cause, expiresAt));
  }

  holdUntil(reference: string, expiresAt: Instant | null): ResultAsync<number, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      update inventory.reservations
      set expires_at = ${expiresAt === null ? null : toTimestamp(expiresAt)}
      where reference = ${reference} and open_quantity > 0
    `).map(({ count }) => count);
  }

  release(cause: MovementCause): ResultAsync<readonly Demand[], never> {
    return ResultAsync.fromSafePromise(this.#release(cause));
  }

  fulfil(demand: readonly Demand[], cause: MovementCause): ResultAsync<void, UnitsNotReserved> {
    return demand.length === 0 ? okAsync() : new ResultAsync(this.#fulfil(demand, cause));
  }

  restock(
    demand: readonly Demand[],
    cause: MovementCause,
  ): ResultAsync<void, InvalidStock | StockNotFound> {
    return ResultAsync.fromSafePromise(this.#lock(demand)).andThen((accounts) => {
      const restocked = demand.map(({ variantId, quantity }) => {
        const before = accounts.get(variantId);
        return before === undefined
          ? err({ code: 'inventory.stock_not_found' as const })
          : before.restock(quantity, cause).map((moved): Posting => ({ before, moved }));
      });
      return Result.combine(restocked).asyncAndThen((postings) =>
        ResultAsync.fromSafePromise(this.#post(postings, cause.at)),
      );
    });
  }

  async #reserve(
    demand: readonly Demand[],
    cause: MovementCause,
    expiresAt: Instant | null,
  ): Promise<Result<void, InsufficientStock>> {
    const accounts = await this.#lock(demand);
    const attempts = demand.map((wanted) => {
      const { variantId } = wanted;
      const before = accounts.get(variantId) ?? Stock.empty(variantId, DEFAULT_LOCATION_ID);
      return { before, wanted, outcome: before.reserve(wanted, cause) };
    });
    const shortages = attempts.flatMap(({ outcome }) =>
      outcome.isErr() ? outcome.error.shortages : [],
    );
    if (shortages.length > 0) return err({ code: 'inventory.insufficient_stock', shortages });
    const taken = attempts.flatMap(({ before, wanted, outcome }) =>
      outcome.isOk() && outcome.value.movements.length > 0
        ? [{ before, wanted, moved: outcome.value }]
        : [],
    );
    const reservations = taken.map(({ wanted: { variantId, quantity } }): NewReservation => ({
      id: this.#ids.next(),
      reference: cause.reference,
      variant_id: variantId,
      location_id: DEFAULT_LOCATION_ID,
      quantity,
      expires_at: expiresAt === null ? null : toTimestamp(expiresAt),
      created_at: toTimestamp(cause.at),
    }));
    await this.#post(taken, cause.at, holding(this.#sql, reservations), this.#last);
    return ok();
  }

  async #release(cause: MovementCause): Promise<readonly Demand[]> {
    const all = await this.#heldUnder(cause.reference, null);
    const held = all.filter(({ reservation }) => openQuantity(reservation) > 0);
    const postings = held.map(({ reservation, stock }) => ({
      before: stock,
      moved: stock.release(openQuantity(reservation), cause),
    }));
    const settled = held.map(({ reservation }) => ({
      id: reservation.id,
      fulfilled: 0,
      released: openQuantity(reservation),
    }));
    await this.#post(postings, cause.at, settling(this.#sql, settled));
    return held.map(({ reservation }) => ({
      variantId: reservation.variantId,
      quantity: openQuantity(reservation),
    }));
  }

  async #fulfil(
    demand: readonly Demand[],
    cause: MovementCause,
  ): Promise<Result<void, UnitsNotReserved>> {
    const held = await this.#heldUnder(cause.reference, demand);
    const byVariant = new Map<VariantId, Held>(held.map((one) => [one.stock.state.variantId, one]));
    const shortages = demand.flatMap(({ variantId, quantity: requested }) => {
      const known = byVariant.get(variantId);
      const available = known === undefined ? requested : openQuantity(known.reservation);
      return available < requested ? [{ variantId, requested, available }] : [];
    });
    if (shortages.length > 0) return err({ code: 'inventory.units_not_reserved', shortages });
    const sold = demand.flatMap(({ variantId, quantity }) => {
      const known = byVariant.get(variantId);
      return known === undefined ? [] : [{ ...known, quantity }];
    });
    const postings = sold.map(({ stock, quantity }) => ({
      before: stock,
      moved: stock.fulfil(quantity, cause),
    }));
    const settled = sold.map(({ reservation, quantity }) => ({
      id: reservation.id,
      fulfilled: quantity,
      released: 0,
    }));
    await this.#post(postings, cause.at, settling(this.#sql, settled));
    return ok();
  }

  async #lock(demand: readonly Demand[]) {
    await this.#last?.sendBefore('stock_changed');
    return lockAccounts(this.#sql, demand);
  }

  async #heldUnder(reference: string, demand: readonly Demand[] | null) {
    await this.#last?.sendBefore('stock_changed');
    return heldUnder(this.#sql, reference, demand);
  }

  /** Of what orders do, only what shoppers notice is told: that the last unit went, or the first came back. */
  async #post(
    postings: readonly Posting[],
    at: Instant,
    held?: ReturnType<typeof holding>,
    last: LastWrites | null = null,
  ): Promise<void> {
    const moving = postings.filter(({ moved }) => moved.movements.length > 0);
    const events = moving
      .filter(({ before, moved }) => before.isInStock !== moved.stock.isInStock)
      .map(({ before, moved }) => stockChanged(before, moved.stock, at));
    const movements = this.#recorded(moving.map(({ moved }) => moved));
    const all = { postings: moving, movements, ...(held === undefined ? {} : { held }) };
    if (last === null) {
      requirePosted(await post(this.#sql, this.#outbox, { ...all, events }));
      return;
    }
    if (moving.length > 0) await last.add(posting(this.#sql, all));
    await this.#outbox.announce(events);
  }

  #recorded(all: readonly Moved[]): readonly RecordedMovement[] {
    return all.flatMap(({ movements }) =>
      movements.map((movement) => ({ ...movement, id: this.#ids.next<string>() })),
    );
  }
}
