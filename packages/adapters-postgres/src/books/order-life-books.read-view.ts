import { invariant } from './invariant.ts';

/** What becomes of an order: units that leave and come back, money that is paid back, and who changed what. */
export const ORDER_LIFE_INVARIANTS = [
  invariant(
    'units_that_left_were_sold',
    (sql) => sql`
      select
        orders.number || ' ' || item.sku as subject,
        format('%s, at most %s', coalesce(sent.units, 0), item.quantity - item.withheld) as expected,
        item.fulfilled::text as found
      from ordering.order_items item
      join ordering.orders orders on orders.id = item.order_id
      left join (
        select order_item_id, sum(quantity) as units
        from ordering.fulfilment_lines
        group by order_item_id
      ) sent on sent.order_item_id = item.id
      where item.fulfilled <> coalesce(sent.units, 0) or item.fulfilled + item.withheld > item.quantity
    `,
  ),
  invariant(
    'order_stands_as_its_parcels_do',
    (sql) => sql`
      select
        orders.number as subject, format('%s of %s units left', units.sent, units.sold) as expected,
        orders.status as found
      from ordering.orders orders
      cross join lateral (
        select sum(fulfilled) as sent, sum(quantity - withheld) as sold
        from ordering.order_items
        where order_id = orders.id
      ) units
      where not case
        when orders.status in ('shipped', 'delivered') then units.sent = units.sold
        when orders.status = 'processing' then units.sent < units.sold or units.sent = 0
        else units.sent = 0
      end
    `,
  ),
  invariant(
    'sold_units_left_the_stock',
    (sql) => sql`
      select
        orders.number || ' ' || reservation.variant_id as subject, sold.sent::text as expected,
        sum(reservation.fulfilled)::text as found
      from ordering.orders orders
      join inventory.reservations reservation on reservation.reference = 'order:' || orders.id
      cross join lateral (
        select sum(fulfilled) as sent
        from ordering.order_items
        where order_id = orders.id and variant_id = reservation.variant_id
      ) sold
      group by orders.id, reservation.variant_id, sold.sent
      having sold.sent <> sum(reservation.fulfilled)
    `,
  ),
  invariant(
    'units_that_came_back_had_left',
    (sql) => sql`
      select
        orders.number || ' ' || item.sku as subject,
        format('%s, at most %s', coalesce(back.units, 0), item.fulfilled) as expected,
        item.returned::text as found
      from ordering.order_items item
      join ordering.orders orders on orders.id = item.order_id
      left join (
        select order_item_id, sum(received) as units
        from ordering.return_lines
        group by order_item_id
      ) back on back.order_item_id = item.id
      where item.returned <> coalesce(back.units, 0) or item.returned > item.fulfilled
    `,
  ),
  invariant(
    'refund_is_the_sum_of_its_parts',
    (sql) => sql`
      select
        refund.id::text as subject,
        format('%s, tax %s', parts.amount, parts.tax) as expected,
        format('%s, tax %s', refund.amount, refund.tax) as found
      from ordering.refunds refund
      cross join lateral (
        select
          coalesce(sum(amount), 0) + coalesce(refund.shipping_amount, 0) as amount,
          coalesce(sum(tax), 0) + coalesce(refund.shipping_tax, 0) as tax
        from ordering.refund_lines
        where refund_id = refund.id
      ) parts
      where (refund.amount, refund.tax) is distinct from (parts.amount, parts.tax)
    `,
  ),
  invariant(
    'order_knows_its_refunds',
    (sql) => sql`
      select
        orders.number as subject,
        format('%s, %s of shipping', decided.amount, decided.shipping) as expected,
        format('%s, %s of shipping', orders.refunded, orders.refunded_shipping) as found
      from ordering.orders orders
      cross join lateral (
        select coalesce(sum(amount), 0) as amount, coalesce(sum(shipping_amount), 0) as shipping
        from ordering.refunds
        where order_id = orders.id
      ) decided
      where (orders.refunded, orders.refunded_shipping) is distinct from
        (decided.amount, decided.shipping)
    `,
  ),
  invariant(
    'line_knows_its_refunds',
    (sql) => sql`
      select
        orders.number || ' ' || item.sku as subject,
        format('%s units, %s, at most %s units and %s', coalesce(decided.units, 0),
          coalesce(decided.amount, 0), item.quantity, item.total + item.tax) as expected,
        format('%s units, %s', item.refunded, item.refunded_amount) as found
      from ordering.order_items item
      join ordering.orders orders on orders.id = item.order_id
      left join (
        select order_item_id, sum(quantity) as units, sum(withheld) as withheld, sum(amount) as amount
        from ordering.refund_lines
        group by order_item_id
      ) decided on decided.order_item_id = item.id
      where item.refunded <> coalesce(decided.units, 0)
        or item.refunded_amount <> coalesce(decided.amount, 0)
        or item.withheld <> coalesce(decided.withheld, 0)
        or item.refunded > item.quantity or item.refunded_amount > item.total + item.tax
    `,
  ),
  invariant(
    'refunds_were_paid_in',
    (sql) => sql`
      select orders.number as subject, 'at most ' || paid.captured as expected,
        orders.refunded::text as found
      from ordering.orders orders
      cross join lateral (
        select coalesce(sum(captured), 0) as captured
        from payments.payments
        where order_id = orders.id
      ) paid
      where orders.refunded > paid.captured
    `,
  ),
  // With a provider outside, somebody may have paid back by its own pages.
  invariant(
    'money_that_went_back_was_to',
    (sql) => sql`
      select orders.number as subject, 'at most ' || orders.refunded as expected,
        sum(payment.refunded)::text as found
      from ordering.orders orders
      join payments.payments payment on payment.order_id = orders.id
      where payment.abandoned_at is null and payment.method in ('manual', 'test')
      group by orders.id
      having sum(payment.refunded) > orders.refunded
    `,
  ),
  invariant(
    'refund_is_paid_out_once',
    (sql) => sql`
      select
        refund.id::text as subject, 'at most ' || refund.amount as expected,
        sum(operation.amount)::text as found
      from ordering.refunds refund
      join payments.operations operation on operation.refund_id = refund.id
      where operation.outcome <> 'declined'
      group by refund.id
      having sum(operation.amount) > refund.amount
    `,
  ),
  invariant(
    'lost_order_gives_its_money_back',
    (sql) => sql`
      select
        orders.number as subject, 'its payments abandoned' as expected,
        format('payment %s is %s', payment.id, payment.status) as found
      from ordering.orders orders
      join payments.payments payment on payment.order_id = orders.id
      where orders.status = 'cancelled' and payment.abandoned_at is null
        and payment.status in ('pending', 'authorized', 'paid', 'partially_refunded')
    `,
  ),
  invariant(
    'history_has_each_change_once',
    (sql) => sql`
      select orders.number as subject, 'at most version ' || orders.version as expected,
        'a change of version ' || history.version as found
      from ordering.orders orders
      join ordering.order_history history on history.order_id = orders.id
      where history.version > orders.version
      union all
      select orders.number, orders.version - 1 || ' changes', count(history.version) || ' changes'
      from ordering.orders orders
      left join ordering.order_history history on history.order_id = orders.id
      group by orders.id
      having count(history.version) <> orders.version - 1
    `,
  ),
];
