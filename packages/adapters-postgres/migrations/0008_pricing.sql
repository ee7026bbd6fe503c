create schema pricing;

-- What the shop gives. The terms are one JSON document in the form of the HTTP API; the columns
-- beside it repeat what is searched and counted by.
create table pricing.promotions (
  id uuid primary key,
  terms jsonb not null check (terms ->> 'id' = id::text),
  name text not null generated always as (terms ->> 'name') stored,
  active boolean not null generated always as ((terms ->> 'active')::boolean) stored,
  total_limit integer generated always as ((terms #>> '{limits,total}')::integer) stored
    check (total_limit > 0),
  customer_limit integer generated always as ((terms #>> '{limits,per_customer}')::integer) stored
    check (customer_limit > 0),
  -- Uses that count, kept while there is a limit of all uses; carts are priced far more often than
  -- orders placed, so they do not count rows.
  uses integer not null default 0 check (uses >= 0),
  starts_at timestamptz,
  ends_at timestamptz check (starts_at < ends_at),
  automatic boolean not null,
  gives_uses_back boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  version integer not null check (version > 0)
);

create index promotions_created_at on pricing.promotions (created_at desc, id desc)
  where deleted_at is null;
create index promotions_automatic on pricing.promotions (id)
  where automatic and active and deleted_at is null;

-- Codes are kept in the one form in which they are compared; a deleted one is free again.
create table pricing.coupons (
  id uuid primary key,
  promotion_id uuid not null references pricing.promotions on delete restrict,
  code text not null check (code collate "C" ~ '^[A-Z0-9][A-Z0-9._-]{0,63}$'),
  single_use boolean not null,
  active boolean not null,
  created_at timestamptz not null,
  deleted_at timestamptz,
  version integer not null check (version > 0)
);

create unique index coupons_code on pricing.coupons (code) where deleted_at is null;
create index coupons_promotion on pricing.coupons (promotion_id, created_at desc, id desc)
  where deleted_at is null;
create index coupons_created_at on pricing.coupons (created_at desc, id desc)
  where deleted_at is null;

-- One row for each promotion that an order got; it counts until it is given back. The order itself is
-- stored in the same transaction, before or after. The amount is minor units of the order's currency.
create table pricing.redemptions (
  order_id uuid not null,
  promotion_id uuid not null references pricing.promotions on delete restrict,
  coupon_id uuid references pricing.coupons on delete restrict,
  -- What the coupon was for when it was used.
  single_use boolean not null check (coupon_id is not null or not single_use),
  customer_id uuid references identity.users on delete restrict,
  email text check (email <> ''),
  discount bigint not null check (discount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  redeemed_at timestamptz not null,
  given_back_at timestamptz,
  primary key (order_id, promotion_id),
  check (customer_id is not null or email is not null)
);

create unique index redemptions_single_use on pricing.redemptions (coupon_id)
  where single_use and given_back_at is null;
create index redemptions_coupon on pricing.redemptions (coupon_id, redeemed_at desc, order_id desc);
create index redemptions_customer on pricing.redemptions (promotion_id, customer_id)
  where given_back_at is null;
create index redemptions_email on pricing.redemptions (promotion_id, email)
  where given_back_at is null;
