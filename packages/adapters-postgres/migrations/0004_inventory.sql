create schema inventory;

-- Available is on hand less reserved, and never below zero: the last wall against overselling.
create table inventory.stock (
  variant_id uuid primary key references catalog.variants on delete restrict,
  on_hand integer not null check (on_hand >= 0),
  reserved integer not null check (reserved >= 0),
  version integer not null check (version > 0),
  check (reserved <= on_hand)
);

create table inventory.movements (
  id uuid primary key,
  sequence bigint generated always as identity,
  variant_id uuid not null references inventory.stock on delete restrict,
  type text not null check (
    type in ('sale', 'purchase', 'adjustment', 'return', 'damage', 'reservation', 'release')
  ),
  on_hand_delta integer not null,
  reserved_delta integer not null,
  on_hand_after integer not null check (on_hand_after >= 0),
  reserved_after integer not null check (reserved_after >= 0),
  reference text not null,
  actor text not null,
  reason text not null,
  occurred_at timestamptz not null,
  check (on_hand_delta <> 0 or reserved_delta <> 0)
);

create index movements_variant on inventory.movements (variant_id, sequence desc);
