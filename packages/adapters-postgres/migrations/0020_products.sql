-- What staff may say of a product beyond what it was created with, and what is left of it when they
-- change their minds. The version before goes on inserting without any of it.
alter table catalog.products
  add column seo_title text check (seo_title <> ''),
  add column seo_description text check (seo_description <> ''),
  -- The axes along which the variants differ: [{ "name": "Size", "values": ["S", "M"] }].
  add column options jsonb not null default '[]' check (jsonb_typeof(options) = 'array'),
  -- Null where it never was published, or by the version before: then it was when it was created.
  add column published_at timestamptz;

update catalog.products set published_at = created_at where status = 'published';

alter table catalog.variants
  -- One choice of each axis: [{ "name": "Size", "value": "M" }].
  add column options jsonb not null default '[]' check (jsonb_typeof(options) = 'array'),
  add column barcode text check (barcode ~ '^([0-9]{8}|[0-9]{12,14})$'),
  add column length_millimetres integer check (length_millimetres between 1 and 100000),
  add column width_millimetres integer check (width_millimetres between 1 and 100000),
  add column height_millimetres integer check (height_millimetres between 1 and 100000),
  add check (num_nonnulls(length_millimetres, width_millimetres, height_millimetres) in (0, 3)),
  -- A removed variant keeps its place, and holds nobody else off it.
  drop constraint variants_product_id_position_key;

create unique index variants_position on catalog.variants (product_id, position)
  where deleted_at is null;
create index variants_product on catalog.variants (product_id);
create unique index variants_options on catalog.variants (product_id, md5(options::text))
  where deleted_at is null and options <> '[]';

-- What a unit costs the merchant: the merchant's secret.
alter table catalog.prices
  add column cost_amount bigint check (cost_amount >= 0);

-- Where a product was found before. A product that has the slug now comes first; whoever had it last is
-- remembered, and where that one is deleted nobody is led anywhere.
create table catalog.product_slugs (
  slug text primary key check (slug <> ''),
  product_id uuid not null references catalog.products on delete restrict,
  retired_at timestamptz not null
);

create index product_slugs_product on catalog.product_slugs (product_id);

create table catalog.related_products (
  product_id uuid not null references catalog.products on delete restrict,
  position integer not null check (position >= 0),
  related_id uuid not null references catalog.products on delete restrict,
  primary key (product_id, position),
  unique (product_id, related_id),
  check (related_id <> product_id)
);

create index related_products_related on catalog.related_products (related_id);
