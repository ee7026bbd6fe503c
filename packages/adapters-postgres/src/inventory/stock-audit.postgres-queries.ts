import type { StockAudit, StockDiscrepancy, StockInvariant } from '@kastoma/application/inventory';

import type { Queryable } from '../core/database.ts';

type DiscrepancyRow = {
  invariant: StockInvariant;
  variant_id: string;
  location: string;
  at: string | null;
  expected: string;
  found: string;
};

/** Proves the books by SQL alone: it trusts no constraint, and reads everything once. */
export class PostgresStockAudit implements StockAudit {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async discrepancies(limit: number): Promise<readonly StockDiscrepancy[]> {
    const sql = this.#sql;
    const rows = await sql<DiscrepancyRow[]>`
      select off.invariant, off.variant_id, location.code as location, off.at, off.expected, off.found
      from (
        ${this.#sums()}
        union all
        ${this.#chain()}
        union all
        ${this.#holdings()}
        union all
        ${this.#reservations()}
        union all
        ${this.#floor()}
      ) off
      join inventory.locations location on location.id = off.location_id
      order by off.variant_id, location.code, off.invariant, off.at
      limit ${limit}
    `;
    return rows.map(({ variant_id: variantId, ...row }) => ({ ...row, variantId }));
  }

  /** Accounts against their ledgers, column by column. */
  #sums() {
    return this.#sql`
      select
        pair.invariant, stock.variant_id, stock.location_id, null::text as at,
        pair.expected::text as expected, pair.found::text as found
      from inventory.stock stock
      left join (
        select
          variant_id, location_id,
          sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved
        from inventory.movements
        group by variant_id, location_id
      ) total using (variant_id, location_id)
      cross join lateral (
        values
          ('on_hand_is_the_sum_of_its_deltas', coalesce(total.on_hand, 0), stock.on_hand::bigint),
          ('reserved_is_the_sum_of_its_deltas', coalesce(total.reserved, 0), stock.reserved::bigint)
      ) as pair (invariant, expected, found)
      where pair.expected <> pair.found
    `;
  }

  /** Each movement begins where the one before it ended. */
  #chain() {
    return this.#sql`
      select
        'movements_follow_each_other', variant_id, location_id, id::text,
        format('%s on hand, %s reserved', on_hand_before, reserved_before),
        format('%s on hand, %s reserved', on_hand_after - on_hand_delta, reserved_after - reserved_delta)
      from (
        select
          movement.*,
          lag(on_hand_after, 1, 0) over ledger as on_hand_before,
          lag(reserved_after, 1, 0) over ledger as reserved_before
        from inventory.movements movement
        window ledger as (partition by variant_id, location_id order by sequence)
      ) chained
      where on_hand_before <> on_hand_after - on_hand_delta
        or reserved_before <> reserved_after - reserved_delta
    `;
  }

  /** What is reserved is what open reservations hold. */
  #holdings() {
    return this.#sql`
      select
        'reserved_is_what_reservations_hold', stock.variant_id, stock.location_id, null,
        coalesce(held.units, 0)::text, stock.reserved::text
      from inventory.stock stock
      left join (
        select variant_id, location_id, sum(open_quantity) as units
        from inventory.reservations
        where open_quantity <> 0
        group by variant_id, location_id
      ) held using (variant_id, location_id)
      where coalesce(held.units, 0) <> stock.reserved
    `;
  }

  /** What a reservation says of itself is what the ledger says of its reference. */
  #reservations() {
    return this.#sql`
      select
        'reservation_is_the_sum_of_its_movements', variant_id, location_id, reference,
        format(
          '%s held, %s fulfilled, %s released',
          coalesce(ledger.held, 0), coalesce(ledger.fulfilled, 0), coalesce(ledger.released, 0)
        ),
        format(
          '%s held, %s fulfilled, %s released',
          coalesce(reservation.quantity, 0), coalesce(reservation.fulfilled, 0),
          coalesce(reservation.released, 0)
        )
      from inventory.reservations reservation
      full join (
        select
          reference, variant_id, location_id,
          coalesce(sum(reserved_delta) filter (where type = 'reservation'), 0) as held,
          coalesce(-sum(reserved_delta) filter (where type = 'sale'), 0) as fulfilled,
          coalesce(-sum(reserved_delta) filter (where type = 'release'), 0) as released
        from inventory.movements
        where type in ('reservation', 'sale', 'release')
        group by reference, variant_id, location_id
      ) ledger using (reference, variant_id, location_id)
      where (ledger.held, ledger.fulfilled, ledger.released)
        is distinct from (
          reservation.quantity::bigint, reservation.fulfilled::bigint, reservation.released::bigint
        )
    `;
  }

  /** Nothing is promised that the account does not allow. */
  #floor() {
    return this.#sql`
      select
        'available_is_what_the_mode_allows', variant_id, location_id, null,
        format('at least %s', lowest), available::text
      from (
        select
          stock.*,
          on_hand - reserved as available,
          case tracking
            when 'tracked' then 0
            when 'backorder' then -coalesce(backorder_limit, 1000000000)
            else -1000000000
          end as lowest
        from inventory.stock stock
      ) ruled
      where available < lowest or reserved < 0
    `;
  }
}
