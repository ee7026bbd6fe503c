-- Guests: a cart without a customer is known by its token, an order without one by its e-mail address. The version
-- before this one neither writes such rows nor finds them as anybody's.
alter table ordering.carts
  alter column customer_id drop not null,
  -- Deferred: lines leave the guest's cart before the customer's, which may be new, takes them in.
  add column merged_into uuid references ordering.carts on delete restrict deferrable initially deferred,
  add column shipping_method_at timestamptz,
  add column shipping_address_at timestamptz,
  drop constraint carts_status_check,
  add constraint carts_status_check check (status in ('active', 'ordered', 'merged', 'expired')),
  add constraint carts_merged check (
    (merged_into is not null) = (status = 'merged') and (merged_into is null or customer_id is null)
  );

-- What nobody has touched for long is looked for every hour.
create index carts_idle on ordering.carts (updated_at, id) where status = 'active';
create index carts_left on ordering.carts (updated_at) where status in ('merged', 'expired');
create index carts_merged_into on ordering.carts (merged_into) where merged_into is not null;

-- What a unit cost when it was put in, in minor units of the cart's currency.
alter table ordering.cart_items
  add column price_seen bigint check (price_seen >= 0);

alter table ordering.orders
  alter column customer_id drop not null;

create index orders_guest on ordering.orders (email, placed_at) where customer_id is null;

-- What was put together and not ordered, for those who count. When a cart counts as left, who asks says by the time.
create view ordering.abandoned_carts as
select
  cart.id,
  cart.customer_id,
  cart.currency,
  cart.created_at,
  cart.updated_at as left_at,
  item.lines,
  item.units,
  item.worth
from ordering.carts cart
cross join lateral (
  select
    count(*)::int as lines,
    sum(quantity)::int as units,
    coalesce(sum(quantity * price_seen), 0)::bigint as worth
  from ordering.cart_items
  where cart_id = cart.id
) item
where cart.status in ('active', 'expired') and item.lines > 0;
