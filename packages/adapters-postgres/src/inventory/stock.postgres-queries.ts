import { err, ok, ResultAsync } from 'neverthrow';

import type { Page, PageRequest } from '@kastoma/application/core';
import type { MovementView, StockQueries, StockView } from '@kastoma/application/inventory';
import type { VariantId } from '@kastoma/domain/core';
import type { MovementType, StockNotFound } from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp } from '../core/timestamp.ts';

type StockRow = { variant_id: string; on_hand: number; reserved: number; version: number };

type MovementRow = {
  id: string;
  type: MovementType;
  on_hand_delta: number;
  reserved_delta: number;
  on_hand_after: number;
  reserved_after: number;
  reference: string;
  actor: string;
  reason: string;
  occurred_at: Date;
};

export class PostgresStockQueries implements StockQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(variantId: VariantId): ResultAsync<StockView, StockNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<StockRow[]>`
      select variant_id, on_hand, reserved, version from inventory.stock where variant_id = ${variantId}
    `).andThen(([row]) => {
      if (row === undefined) return err({ code: 'inventory.stock_not_found' as const });
      const { on_hand: onHand, reserved, version } = row;
      return ok({
        variantId: row.variant_id,
        onHand,
        reserved,
        available: onHand - reserved,
        version,
      });
    });
  }

  movements(
    variantId: VariantId,
    page: PageRequest,
  ): ResultAsync<Page<MovementView>, StockNotFound> {
    return this.find(variantId).andThen(() =>
      ResultAsync.fromSafePromise(this.#movements(variantId, page)),
    );
  }

  async #movements(variantId: VariantId, page: PageRequest): Promise<Page<MovementView>> {
    const [rows, counted] = await Promise.all([
      this.#sql<MovementRow[]>`
        select
          id, type, on_hand_delta, reserved_delta, on_hand_after, reserved_after,
          reference, actor, reason, occurred_at
        from inventory.movements
        where variant_id = ${variantId}
        order by sequence desc
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(this.#sql, this.#sql`from inventory.movements where variant_id = ${variantId}`),
    ]);
    return pageOf(rows.map(toView), counted);
  }
}

function toView(row: MovementRow): MovementView {
  const { id, type, reference, actor, reason } = row;
  return {
    id,
    type,
    onHandDelta: row.on_hand_delta,
    reservedDelta: row.reserved_delta,
    onHandBefore: row.on_hand_after - row.on_hand_delta,
    onHandAfter: row.on_hand_after,
    reservedBefore: row.reserved_after - row.reserved_delta,
    reservedAfter: row.reserved_after,
    reference,
    actor,
    reason,
    occurredAt: fromTimestamp(row.occurred_at),
  };
}
