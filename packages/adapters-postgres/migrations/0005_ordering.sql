create schema ordering;

create table ordering.carts (
  id uuid primary key,
  customer_id uuid not null references identity.users on delete restrict,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  shipping_method text,
  status text not null check (status in ('active', 'ordered')),
  order_id uuid check ((order_id is not null) = (status = 'ordered')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null check (version > 0)
);

create unique index carts_one_active on ordering.carts (customer_id) where status = 'active';
create index carts_ordered on ordering.carts (customer_id) where status = 'ordered';

create table ordering.cart_items (
  id uuid primary key,
  cart_id uuid not null references ordering.carts on delete restrict,
  position integer not null check (position >= 0),
  product_id uuid not null references catalog.products on delete restrict,
  variant_id uuid not null references catalog.variants on delete restrict,
  quantity integer not null check (quantity between 1 and 9999),
  unique (cart_id, variant_id)
);

create sequence ordering.order_number;

-- Amounts are minor units of the order's currency; an order keeps everything as it was when it was placed.
create table ordering.orders (
  id uuid primary key,
  number text not null unique,
  customer_id uuid not null references identity.users on delete restrict,
  cart_id uuid not null unique references ordering.carts on delete restrict,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (
    status in ('pending', 'confirmed', 'processing', 'shipped', 'delivered', 'cancelled')
  ),
  subtotal bigint not null check (subtotal >= 0),
  discount bigint not null check (discount between 0 and subtotal),
  shipping bigint not null check (shipping >= 0),
  tax bigint not null check (tax >= 0),
  total bigint not null check (total = subtotal - discount + shipping),
  quote_hash text not null,
  email text check (email <> ''),
  shipping_address jsonb not null,
  billing_address jsonb not null,
  shipping_method text not null,
  payment_method text not null,
  notes text not null,
  placed_at timestamptz not null,
  version integer not null check (version > 0)
);

create index orders_customer on ordering.orders (customer_id, placed_at desc, id desc);
create index orders_placed_at on ordering.orders (placed_at desc, id desc);

create table ordering.order_items (
  id uuid primary key,
  order_id uuid not null references ordering.orders on delete restrict,
  position integer not null check (position >= 0),
  product_id uuid not null references catalog.products on delete restrict,
  variant_id uuid not null references catalog.variants on delete restrict,
  sku text not null,
  name text not null,
  unit_price bigint not null check (unit_price >= 0),
  quantity integer not null check (quantity > 0),
  subtotal bigint not null check (subtotal = unit_price * quantity),
  discount bigint not null check (discount between 0 and subtotal),
  tax bigint not null check (tax >= 0),
  total bigint not null check (total = subtotal - discount),
  unique (order_id, position)
);
