import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { IdGenerator } from '@kastoma/application/core';
import type { StockLedger } from '@kastoma/application/inventory';
import type { VariantId } from '@kastoma/domain/core';
import type {
  Demand,
  InsufficientStock,
  MovementCause,
  Shortage,
  Stock,
  StockMovement,
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
   * One statement: the rows are locked in the order of their ids, so two orders
   * cannot wait for each other in a circle; then each takes what it wants if
   * that much is available at that moment, and writes its line in the ledger.
   */
  async #reserve(
    demand: readonly Demand[],
    cause: MovementCause,
  ): Promise<Result<void, InsufficientStock>> {
    const variantIds = demand.map(({ variantId }) => variantId);
    const reserved = await this.#sql<{ variant_id: VariantId }[]>`
      with demand as (
        select *
        from unnest(
          ${variantIds}::uuid[],
          ${demand.map(({ quantity }) => quantity)}::int[],
          ${demand.map(() => this.#ids.next())}::uuid[]
        ) as demanded (variant_id, quantity, movement_id)
      ),
      locked as (
        select stock.variant_id
        from inventory.stock
        join demand using (variant_id)
        order by stock.variant_id
        for update of stock
      ),
      taken as (
        update inventory.stock
        set reserved = stock.reserved + demand.quantity, version = stock.version + 1
        from locked
        join demand using (variant_id)
        where stock.variant_id = locked.variant_id
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
      returning variant_id
    `;
    if (reserved.length === demand.length) return ok();
    const taken = new Set(reserved.map((row) => row.variant_id));
    const short = demand.filter(({ variantId }) => !taken.has(variantId));
    return err({ code: 'inventory.insufficient_stock', shortages: await this.#shortages(short) });
  }

  /** The rows are locked by now: what is read is what refused the demand. */
  async #shortages(demand: readonly Demand[]): Promise<readonly Shortage[]> {
    const variantIds = demand.map(({ variantId }) => variantId);
    const rows = await this.#sql<{ variant_id: VariantId; available: number }[]>`
      select variant_id, on_hand - reserved as available
      from inventory.stock
      where variant_id = any(${variantIds}::uuid[])
    `;
    const available = new Map(rows.map((row) => [row.variant_id, row.available]));
    return demand.map(({ variantId, quantity }) => ({
      variantId,
      requested: quantity,
      available: available.get(variantId) ?? 0,
    }));
  }
}
