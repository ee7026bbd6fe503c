-- What is read under a lock must be read by a statement that begins when the lock is held: a statement sees what stood
-- when it began, also when it waited. Each statement of a volatile function sees what was committed before it, so
-- that locking and reading are one round trip. They decide nothing.

-- Claims an idempotency key until the transaction ends, or tells at once that somebody else has it; a status comes
-- with an answer that is kept already. What follows in the transaction is about rows of known ids: it is planned once a
-- connection, and not for its values each time.
create function core.claim_idempotency_key(claimed_scope text, claimed_key text)
returns table (
  acquired boolean, fingerprint text, status integer, headers jsonb, body text, intent text
)
language plpgsql volatile as $$
begin
  perform set_config('plan_cache_mode', 'auto', true);
  if not pg_try_advisory_xact_lock(hashtextextended(claimed_scope || e'\n' || claimed_key, 0)) then
    return query select false, null::text, null::integer, null::jsonb, null::text, null::text;
    return;
  end if;
  return query
    select true, kept.fingerprint, kept.status, kept.headers, kept.body, kept.intent
    from (select) claimed
    left join core.idempotency_keys kept on kept.scope = claimed_scope and kept.key = claimed_key;
end
$$;

-- Holds promotions and coupons against changes, and against other orders where uses are limited, each in the order of
-- their ids; then tells what counts. The arrays run in parallel: a promotion, and the coupon that presented it.
create function pricing.hold_uses(
  wanted_promotions uuid[], wanted_coupons uuid[], of_order uuid, of_customer uuid, of_email text
)
returns table (
  promotion_id uuid, coupon_id uuid, is_counted boolean, total_limit integer, customer_limit integer,
  uses integer, by_customer integer, single_use boolean, is_used_up boolean
)
language plpgsql volatile as $$
begin
  perform from pricing.promotions promotion
  where promotion.id = any(wanted_promotions)
  order by promotion.id
  for key share;

  perform from pricing.promotions promotion
  where promotion.id = any(wanted_promotions)
    and (promotion.total_limit is not null or promotion.customer_limit is not null)
  order by promotion.id
  for no key update;

  perform from pricing.coupons coupon
  where coupon.id = any(wanted_coupons)
  order by coupon.id
  for key share;

  perform from pricing.coupons coupon
  where coupon.id = any(wanted_coupons) and coupon.single_use
  order by coupon.id
  for no key update;

  return query
    select
      promotion.id,
      coupon.id,
      exists (
        select from pricing.redemptions redemption
        where redemption.order_id = of_order and redemption.promotion_id = promotion.id
      ),
      promotion.total_limit,
      promotion.customer_limit,
      promotion.uses,
      case when promotion.customer_limit is null then 0 else (
        select count(*)::integer
        from pricing.redemptions redemption
        where redemption.promotion_id = promotion.id
          and redemption.given_back_at is null
          and (redemption.customer_id = of_customer or redemption.email = of_email)
      ) end,
      coalesce(coupon.single_use, false),
      coalesce(coupon.single_use, false) and exists (
        select from pricing.redemptions redemption
        where redemption.coupon_id = coupon.id and redemption.given_back_at is null
      )
    from unnest(wanted_promotions, wanted_coupons) as wanted (promotion_id, coupon_id)
    join pricing.promotions promotion on promotion.id = wanted.promotion_id
    left join pricing.coupons coupon on coupon.id = wanted.coupon_id
    order by promotion.id;
end
$$;

-- Lists of orders by their state, by what they came to, and by the address that was given with them.
create index orders_status on ordering.orders (status, placed_at desc, id desc);
create index orders_total on ordering.orders (currency, total, id);
create index orders_email on ordering.orders (email, placed_at desc, id desc) where email is not null;
