import { invariant } from './invariant.ts';

/** Uses of promotions and coupons. A limit that was lowered below its uses is nobody's fault. */
export const PROMOTION_INVARIANTS = [
  invariant(
    'uses_are_counted',
    (sql) => sql`
      select promotion.id::text as subject, counted.uses::text as expected, promotion.uses::text as found
      from pricing.promotions promotion
      cross join lateral (
        select count(*) as uses
        from pricing.redemptions
        where promotion_id = promotion.id and given_back_at is null
      ) counted
      where promotion.total_limit is not null and promotion.uses <> counted.uses
    `,
  ),
  invariant(
    'uses_are_within_the_limit',
    (sql) => sql`
      select id::text as subject, 'at most ' || total_limit as expected, max(place)::text as found
      from (
        select
          promotion.id, promotion.total_limit, promotion.updated_at, redemption.redeemed_at,
          row_number() over (partition by promotion.id order by redemption.redeemed_at) as place
        from pricing.promotions promotion
        join pricing.redemptions redemption on redemption.promotion_id = promotion.id
        where redemption.given_back_at is null and promotion.total_limit is not null
      ) used
      where place > total_limit and redeemed_at >= updated_at
      group by id, total_limit
    `,
  ),
  invariant(
    'uses_of_a_customer_are_within_the_limit',
    (sql) => sql`
      select
        id || ' ' || customer_id as subject, 'at most ' || customer_limit as expected,
        max(place)::text as found
      from (
        select
          promotion.id, promotion.customer_limit, promotion.updated_at, redemption.customer_id,
          redemption.redeemed_at,
          row_number() over (
            partition by promotion.id, redemption.customer_id order by redemption.redeemed_at
          ) as place
        from pricing.promotions promotion
        join pricing.redemptions redemption on redemption.promotion_id = promotion.id
        where redemption.given_back_at is null and promotion.customer_limit is not null
          and redemption.customer_id is not null
      ) used
      where place > customer_limit and redeemed_at >= updated_at
      group by id, customer_id, customer_limit
    `,
  ),
  invariant(
    'single_use_is_single',
    (sql) => sql`
      select coupon_id::text as subject, '1' as expected, count(*)::text as found
      from pricing.redemptions
      where single_use and given_back_at is null
      group by coupon_id
      having count(*) > 1
    `,
  ),
  invariant(
    'use_is_of_an_order_that_has_it',
    (sql) => sql`
      select
        coalesce(redemption.order_id, taken.order_id)::text as subject,
        coalesce(format('promotion %s, %s off', taken.promotion_id, taken.discount), 'no use') as expected,
        coalesce(
          format('promotion %s, %s off', redemption.promotion_id, redemption.discount), 'no use'
        ) as found
      from pricing.redemptions redemption
      full join (
        select
          orders.id as order_id, (promotion ->> 'promotion_id')::uuid as promotion_id,
          (promotion ->> 'discount')::bigint + (promotion ->> 'shipping_discount')::bigint as discount
        from ordering.orders orders
        cross join jsonb_array_elements(orders.promotions) promotion
      ) taken using (order_id, promotion_id)
      where redemption.discount is distinct from taken.discount
    `,
  ),
  invariant(
    'use_of_a_lost_order_is_given_back',
    (sql) => sql`
      select orders.number as subject, 'given back' as expected, 'still counted' as found
      from ordering.orders orders
      join pricing.redemptions redemption on redemption.order_id = orders.id
      join pricing.promotions promotion on promotion.id = redemption.promotion_id
      where orders.status = 'cancelled' and promotion.gives_uses_back
        and redemption.given_back_at is null
      union all
      select orders.number, 'counted', 'given back'
      from ordering.orders orders
      join pricing.redemptions redemption on redemption.order_id = orders.id
      where orders.status <> 'cancelled' and redemption.given_back_at is not null
    `,
  ),
];
