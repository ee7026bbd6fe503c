import { invariant } from './invariant.ts';

/** What stock has to do with orders; that the ledger adds up in itself is the stock audit's to say. */
export const STOCK_INVARIANTS_OF_ORDERS = [
  invariant(
    'on_hand_is_what_came_less_what_went',
    (sql) => sql`
      select stock.variant_id::text as subject, expected::text, on_hand::text as found
      from inventory.stock stock
      cross join lateral (
        select
          coalesce(sum(on_hand_delta) filter (where type = 'purchase'), 0)
            + coalesce(sum(on_hand_delta) filter (where type = 'return'), 0)
            + coalesce(sum(on_hand_delta) filter (where type = 'adjustment'), 0)
            - coalesce(sum(-on_hand_delta) filter (where type = 'damage'), 0)
            - coalesce(sum(-on_hand_delta) filter (where type = 'sale'), 0) as expected
        from inventory.movements
        where variant_id = stock.variant_id and location_id = stock.location_id
      ) moved
      where on_hand <> expected
    `,
  ),
  invariant(
    'movement_goes_the_way_of_its_type',
    (sql) => sql`
      select
        id::text as subject, type as expected,
        format('%s on hand, %s reserved', on_hand_delta, reserved_delta) as found
      from inventory.movements
      where not case type
        when 'purchase' then on_hand_delta > 0 and reserved_delta = 0
        when 'return' then on_hand_delta > 0 and reserved_delta = 0
        when 'damage' then on_hand_delta < 0 and reserved_delta = 0
        when 'adjustment' then on_hand_delta <> 0 and reserved_delta = 0
        when 'sale' then on_hand_delta <= 0 and reserved_delta <= 0
        when 'reservation' then on_hand_delta = 0 and reserved_delta > 0
        else on_hand_delta = 0 and reserved_delta < 0
      end
    `,
  ),
  invariant(
    'open_reservation_is_of_a_living_order',
    (sql) => sql`
      select
        reservation.reference as subject, 'an order that waits for its goods' as expected,
        coalesce(orders.status, 'no order') || ', ' || open_quantity || ' held' as found
      from inventory.reservations reservation
      left join ordering.orders orders on reservation.reference = 'order:' || orders.id
      where open_quantity > 0 and starts_with(reservation.reference, 'order:')
        and coalesce(orders.status not in ('pending', 'confirmed', 'processing'), true)
    `,
  ),
  // Where nobody counts, nothing is held; an account may have begun to count since.
  invariant(
    'reservation_is_what_was_ordered',
    (sql) => sql`
      select
        orders.number || ' ' || ordered.variant_id as subject,
        ordered.quantity::text as expected,
        coalesce(reservation.quantity, 0)::text as found
      from (
        select order_id, variant_id, sum(quantity) as quantity
        from ordering.order_items
        group by order_id, variant_id
      ) ordered
      join ordering.orders orders on orders.id = ordered.order_id
      left join (
        select reference, variant_id, sum(quantity) as quantity
        from inventory.reservations
        group by reference, variant_id
      ) reservation
        on reservation.reference = 'order:' || orders.id
        and reservation.variant_id = ordered.variant_id
      where coalesce(reservation.quantity, 0) <> ordered.quantity
        and (
          reservation.quantity is not null
          or not exists (
            select from inventory.stock stock
            where stock.variant_id = ordered.variant_id and stock.tracking = 'not_tracked'
          )
          and not exists (
            select from core.audit_entries entry
            where entry.action = 'inventory.stock_changed' and entry.subject_id = ordered.variant_id
              and entry.detail ->> 'tracking' = 'not_tracked'
          )
        )
    `,
  ),
  invariant(
    'list_is_not_ahead_of_the_stock',
    (sql) => sql`
      select
        listed.variant_id::text as subject, 'at most version ' || max(stock.version) as expected,
        listed.version::text as found
      from catalog.variant_stock listed
      join inventory.stock stock on stock.variant_id = listed.variant_id
      group by listed.variant_id
      having listed.version > max(stock.version)
    `,
  ),
];
