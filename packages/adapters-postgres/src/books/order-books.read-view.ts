import { invariant } from './invariant.ts';

/** What an order says of itself, its lines, its cart and its key. Documents hold amounts as decimal text. */
export const ORDER_INVARIANTS = [
  invariant(
    'order_total_adds_up',
    (sql) => sql`
      select number as subject, expected::text, total::text as found
      from (
        select
          number, total,
          subtotal - discount - tax_relief + shipping
            + case prices when 'exclusive' then tax else 0 end as expected
        from ordering.orders
      ) summed
      where total <> expected
    `,
  ),
  invariant(
    'order_is_the_sum_of_its_lines',
    (sql) => sql`
      select
        number as subject,
        format('subtotal %s, discount %s, tax relief %s, tax %s', of_lines.subtotal, of_lines.discount,
          of_lines.tax_relief + shipping_tax_relief, of_lines.tax + shipping_tax) as expected,
        format('subtotal %s, discount %s, tax relief %s, tax %s', summed.subtotal, summed.discount,
          summed.tax_relief, summed.tax) as found
      from (
        select
          orders.*,
          coalesce((shipping_charge ->> 'tax')::bigint, 0) as shipping_tax,
          coalesce((shipping_charge ->> 'tax_relief')::bigint, 0) as shipping_tax_relief
        from ordering.orders orders
      ) summed
      cross join lateral (
        select
          coalesce(sum(subtotal), 0) as subtotal, coalesce(sum(discount), 0) as discount,
          coalesce(sum(tax_relief), 0) as tax_relief, coalesce(sum(tax), 0) as tax
        from ordering.order_items
        where order_id = summed.id
      ) of_lines
      where (summed.subtotal, summed.discount, summed.tax) is distinct from
          (of_lines.subtotal, of_lines.discount, of_lines.tax + shipping_tax)
        or summed.tax_relief not in (
          of_lines.tax_relief, of_lines.tax_relief + shipping_tax_relief
        )
    `,
  ),
  invariant(
    'shipping_is_its_rate_less_what_is_taken_off',
    (sql) => sql`
      select number as subject, expected::text, shipping::text as found
      from (
        select
          number, shipping,
          (shipping_charge ->> 'rate')::bigint - (shipping_charge ->> 'discount')::bigint
            - (shipping_charge ->> 'tax_relief')::bigint as expected
        from ordering.orders
        where shipping_charge is not null
      ) charged
      where shipping <> expected
    `,
  ),
  invariant(
    'line_adds_up',
    (sql) => sql`
      select orders.number || ' ' || item.sku as subject,
        (item.unit_price * item.quantity - item.discount - item.tax_relief)::text as expected,
        item.total::text as found
      from ordering.order_items item
      join ordering.orders orders on orders.id = item.order_id
      where item.subtotal <> item.unit_price * item.quantity
        or item.total <> item.subtotal - item.discount - item.tax_relief
    `,
  ),
  invariant(
    'line_is_the_sum_of_its_units',
    (sql) => sql`
      select
        orders.number || ' ' || item.sku as subject,
        format('%s units, total %s, tax %s', item.quantity, item.total, item.tax) as expected,
        format('%s units, total %s, tax %s', unit.quantity, unit.total, unit.tax) as found
      from ordering.order_items item
      join ordering.orders orders on orders.id = item.order_id
      cross join lateral (
        select
          sum((run ->> 'quantity')::bigint) as quantity,
          sum((run ->> 'quantity')::bigint * (run ->> 'total')::bigint) as total,
          sum((run ->> 'quantity')::bigint * (run ->> 'tax')::bigint) as tax
        from jsonb_array_elements(item.units) run
      ) unit
      where item.units is not null
        and (item.quantity, item.total, item.tax) is distinct from (unit.quantity, unit.total, unit.tax)
    `,
  ),
  invariant(
    'cart_becomes_one_order',
    (sql) => sql`
      select cart_id::text as subject, '1 order' as expected, count(*) || ' orders' as found
      from ordering.orders
      group by cart_id
      having count(*) > 1
      union all
      select
        coalesce(cart.id, orders.cart_id)::text,
        coalesce('ordered as ' || orders.id, 'no order'),
        coalesce(cart.status || coalesce(' as ' || cart.order_id, ''), 'no cart')
      from ordering.carts cart
      full join ordering.orders orders on orders.cart_id = cart.id
      where (cart.status = 'ordered' or orders.id is not null)
        and (cart.order_id is distinct from orders.id or cart.status is distinct from 'ordered')
    `,
  ),
  invariant(
    'key_names_one_order',
    (sql) => sql`
      select
        kept.scope || ' ' || kept.key as subject,
        'an order that stands, under one key' as expected,
        coalesce(orders.number || ' under ' || kept.keys || ' keys', 'no order') as found
      from (
        select
          scope, key, body::jsonb #>> '{data,id}' as order_id,
          count(*) over (partition by body::jsonb #>> '{data,id}') as keys
        from core.idempotency_keys
        where status = 201 and scope ~* ' post /orders/?$'
      ) kept
      left join ordering.orders orders on orders.id::text = kept.order_id
      where orders.id is null or kept.keys > 1
    `,
  ),
  invariant(
    'key_waits_for_an_operation_that_stands',
    (sql) => sql`
      select scope || ' ' || key as subject, 'the operation ' || intent as expected, 'none' as found
      from core.idempotency_keys
      where intent is not null
        and not exists (select from payments.operations where id::text = intent)
    `,
  ),
];
