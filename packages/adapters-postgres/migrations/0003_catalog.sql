create schema catalog;

create table catalog.categories (
  id uuid primary key,
  parent_id uuid references catalog.categories on delete restrict check (parent_id <> id),
  name text not null check (name <> ''),
  slug text not null check (slug <> ''),
  description text not null,
  created_at timestamptz not null,
  deleted_at timestamptz,
  version integer not null check (version > 0)
);

create unique index categories_slug on catalog.categories (slug) where deleted_at is null;
create index categories_parent on catalog.categories (parent_id);

create table catalog.products (
  id uuid primary key,
  category_id uuid references catalog.categories on delete restrict,
  name text not null check (name <> ''),
  slug text not null check (slug <> ''),
  description text not null,
  attributes jsonb not null,
  status text not null check (status in ('draft', 'published', 'archived')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  version integer not null check (version > 0)
);

create unique index products_slug on catalog.products (slug) where deleted_at is null;
create index products_category on catalog.products (category_id);
create index products_created_at on catalog.products (created_at desc, id desc);

create table catalog.variants (
  id uuid primary key,
  product_id uuid not null references catalog.products on delete restrict,
  position integer not null check (position >= 0),
  sku text not null check (sku <> ''),
  name text,
  attributes jsonb not null,
  weight_grams integer check (weight_grams >= 0),
  tax_class text not null,
  deleted_at timestamptz,
  unique (product_id, position)
);

create unique index variants_sku on catalog.variants (sku) where deleted_at is null;

-- Amounts are minor units of the currency.
create table catalog.prices (
  variant_id uuid not null references catalog.variants on delete restrict,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount >= 0),
  compare_at_amount bigint check (compare_at_amount >= 0),
  primary key (variant_id, currency)
);

-- The first one is the primary one.
create table catalog.product_images (
  product_id uuid not null references catalog.products on delete restrict,
  position integer not null check (position >= 0),
  url text not null,
  alt text not null,
  primary key (product_id, position)
);
