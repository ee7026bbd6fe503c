import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { IdGenerator } from '@kastoma/application/core';
import type { StockLedger } from '@kastoma/application/inventory';
import { defect, type VariantId } from '@kastoma/domain/core';
import {
  Stock,
  type Demand,
  type InsufficientStock,
  type MovementCause,
  type StockMovement,
} from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';

export class PostgresStockLedger implements StockLedger {
  readonly #sql: Queryable;
  readonly #ids: IdGenerator;

  constructor(sql: Queryable, ids: IdGenerator) {
    this.#sql = sql;
    this.#ids = ids;
  }

  open(
    openings: readonly { readonly stock: Stock; readonly movements: readonly StockMovement[] }[],
  ): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#open(openings));
  }

  reserve(demand: readonly Demand[], cause: MovementCause): ResultAsync<void, InsufficientStock> {
    return new ResultAsync(this.#reserve(demand, cause));
  }

  async #open(
    openings: readonly { readonly stock: Stock; readonly movements: readonly StockMovement[] }[],
  ): Promise<void> {
    const accounts = openings.map(({ stock }) => ({
      variant_id: stock.variantId,
      on_hand: stock.onHand,
      reserved: stock.reserved,
      version: 1,
    }));
    await this.#sql`insert into inventory.stock ${this.#sql(accounts)}`;
    const movements = openings.flatMap((opening) => opening.movements);
    if (movements.length === 0) return;
    const rows = movements.map((movement) => ({
      id: this.#ids.next(),
      variant_id: movement.variantId,
      type: movement.type,
      on_hand_delta: movement.onHandDelta,
      reserved_delta: movement.reservedDelta,
      on_hand_after: movement.onHandAfter,
      reserved_after: movement.reservedAfter,
      reference: movement.reference,
      actor: movement.actor,
      reason: movement.reason,
      occurred_at: toTimestamp(movement.at),
    }));
    await this.#sql`insert into inventory.movements ${this.#sql(rows)}`;
  }

  /**
   * Two statements, for a statement sees what stood when it began, also when it waited: the first locks
   * the rows in the order of their ids, so that two orders cannot wait for each other in a circle, and
   * reads what the last holders left; the second takes the units on what stands by then.
   */
  async #reserve(
    demand: readonly Demand[],
    cause: MovementCause,
  ): Promise<Result<void, InsufficientStock>> {
    if (demand.length === 0) return ok();
    const accounts = await this.#lock(demand);
    const shortages = demand.flatMap((wanted) => {
      const { variantId } = wanted;
      const stock = accounts.get(variantId) ?? Stock.restore({ variantId, onHand: 0, reserved: 0 });
      return stock.reserve(wanted, cause).match(
        () => [],
        (error) => error.shortages,
      );
    });
    if (shortages.length > 0) return err({ code: 'inventory.insufficient_stock', shortages });
    await this.#take(demand, cause);
    return ok();
  }

  async #lock(demand: readonly Demand[]): Promise<ReadonlyMap<VariantId, Stock>> {
    const rows = await this.#sql<{ variant_id: VariantId; on_hand: number; reserved: number }[]>`
      select variant_id, on_hand, reserved
      from inventory.stock
      where variant_id = any(${demand.map(({ variantId }) => variantId)}::uuid[])
      order by variant_id
      for update
    `;
    return new Map(
      rows.map(({ variant_id: variantId, on_hand: onHand, reserved }) => [
        variantId,
        Stock.restore({ variantId, onHand, reserved }),
      ]),
    );
  }

  /** The rows are locked and there is enough in each; the update says so once more. */
  async #take(demand: readonly Demand[], cause: MovementCause): Promise<void> {
    const taken = await this.#sql`
      with demand as (
        select *
        from unnest(
          ${demand.map(({ variantId }) => variantId)}::uuid[],
          ${demand.map(({ quantity }) => quantity)}::int[],
          ${demand.map(() => this.#ids.next())}::uuid[]
        ) as demanded (variant_id, quantity, movement_id)
      ),
      taken as (
        update inventory.stock
        set reserved = stock.reserved + demand.quantity, version = stock.version + 1
        from demand
        where stock.variant_id = demand.variant_id
          and stock.on_hand - stock.reserved >= demand.quantity
        returning stock.variant_id, stock.on_hand, stock.reserved, demand.quantity, demand.movement_id
      )
      insert into inventory.movements (
        id, variant_id, type, on_hand_delta, reserved_delta, on_hand_after, reserved_after,
        reference, actor, reason, occurred_at
      )
      select
        movement_id, variant_id, 'reservation', 0, quantity, on_hand, reserved,
        ${cause.reference}, ${cause.actor}, ${cause.reason}, ${toTimestamp(cause.at)}
      from taken
    `;
    if (taken.count !== demand.length) defect('Units went away under a lock.');
  }
}
