-- The wishlists of customers. The application keeps one default; that there are never two is kept here.
create table catalog.wishlists (
  id uuid primary key,
  customer_id uuid not null references identity.users on delete restrict,
  name text not null check (name <> ''),
  is_default boolean not null,
  -- Stored as it is, so that its owner can read the link again.
  share_token text check (share_token <> ''),
  created_at timestamptz not null,
  version integer not null check (version > 0)
);

create index wishlists_customer on catalog.wishlists (customer_id, created_at, id);
create unique index wishlists_default on catalog.wishlists (customer_id) where is_default;
create unique index wishlists_share_token on catalog.wishlists (share_token)
  where share_token is not null;

create table catalog.wishlist_items (
  id uuid primary key,
  wishlist_id uuid not null references catalog.wishlists on delete restrict,
  product_id uuid not null references catalog.products on delete restrict,
  variant_id uuid references catalog.variants on delete restrict,
  added_at timestamptz not null,
  unique nulls not distinct (wishlist_id, product_id, variant_id)
);
