-- Places where units are kept. Orders are served from the default one.
create table inventory.locations (
  id uuid primary key,
  code text not null unique check (code ~ '^[A-Z0-9][A-Z0-9-]{0,29}$'),
  name text not null check (length(name) between 1 and 100),
  is_default boolean not null,
  created_at timestamptz not null
);

create unique index locations_one_default on inventory.locations (is_default) where is_default;

insert into inventory.locations (id, code, name, is_default, created_at)
values ('01900000-0000-7000-8000-00000000d10c', 'MAIN', 'Main location', true, now());

-- An account a variant and location. The previous version knows the default location alone, which
-- the column's default names; a second one must not be stocked while it still runs.
alter table inventory.stock
  add column location_id uuid not null default '01900000-0000-7000-8000-00000000d10c'
    references inventory.locations on delete restrict,
  add column tracking text not null default 'tracked'
    check (tracking in ('tracked', 'backorder', 'not_tracked')),
  -- How far available may fall below zero; null: as far as anybody wants.
  add column backorder_limit integer check (backorder_limit between 0 and 1000000000),
  -- With so many available or fewer, stock is low; null: the shop's own threshold.
  add column reorder_point integer check (reorder_point between 0 and 1000000000),
  add check (backorder_limit is null or tracking = 'backorder');

alter table inventory.movements
  add column location_id uuid not null default '01900000-0000-7000-8000-00000000d10c',
  add column reservation_id uuid,
  drop constraint movements_variant_id_fkey,
  drop constraint movements_on_hand_after_check,
  add check (on_hand_after between -1000000000 and 1000000000);

alter table inventory.stock
  drop constraint stock_pkey,
  add primary key (variant_id, location_id),
  drop constraint stock_check,
  drop constraint stock_on_hand_check,
  add check (on_hand between -1000000000 and 1000000000),
  add check (reserved <= 1000000000),
  -- The last wall against overselling: available is never below what the mode allows.
  add constraint stock_available_check check (
    on_hand - reserved >= case tracking
      when 'tracked' then 0
      when 'backorder' then -coalesce(backorder_limit, 1000000000)
      else -1000000000
    end
  );

alter table inventory.movements
  add foreign key (variant_id, location_id) references inventory.stock on delete restrict;

-- Units promised under a reference, until they are fulfilled or given back.
create table inventory.reservations (
  id uuid primary key,
  reference text not null check (reference <> ''),
  variant_id uuid not null,
  location_id uuid not null,
  quantity integer not null check (quantity > 0),
  fulfilled integer not null default 0 check (fulfilled >= 0),
  released integer not null default 0 check (released >= 0),
  open_quantity integer not null generated always as (quantity - fulfilled - released) stored
    check (open_quantity >= 0),
  -- Null: it holds until somebody ends it.
  expires_at timestamptz,
  created_at timestamptz not null,
  foreign key (variant_id, location_id) references inventory.stock on delete restrict,
  unique (reference, variant_id, location_id)
);

create index reservations_open on inventory.reservations (variant_id, location_id)
  where open_quantity > 0;
create index reservations_expiring on inventory.reservations (expires_at, reference)
  where open_quantity > 0 and expires_at is not null;

-- What was promised before there were reservations.
insert into inventory.reservations
  (id, reference, variant_id, location_id, quantity, created_at)
select
  gen_random_uuid(), reference, variant_id, location_id, sum(reserved_delta), min(occurred_at)
from inventory.movements
where reserved_delta <> 0
group by reference, variant_id, location_id
having sum(reserved_delta) > 0;

alter table inventory.movements
  add foreign key (reservation_id) references inventory.reservations on delete restrict;

-- The previous version promises units without a reservation; while it still runs, each of its
-- movements makes one. The new version names its own, and nothing happens here.
create function inventory.reserve_for_previous_version() returns trigger language plpgsql as $$
begin
  insert into inventory.reservations
    (id, reference, variant_id, location_id, quantity, created_at)
  values
    (new.id, new.reference, new.variant_id, new.location_id, new.reserved_delta, new.occurred_at)
  on conflict (reference, variant_id, location_id)
    do update set quantity = reservations.quantity + excluded.quantity
  returning id into new.reservation_id;
  return new;
end
$$;

create trigger reserve_for_previous_version before insert on inventory.movements
for each row when (new.type = 'reservation' and new.reservation_id is null)
execute function inventory.reserve_for_previous_version();

-- Low stock, least available first: by the shop's threshold, or by the account's own.
create index stock_by_available
  on inventory.stock (location_id, (on_hand - reserved), variant_id)
  where reorder_point is null and tracking <> 'not_tracked';
create index stock_below_reorder_point
  on inventory.stock (location_id, (on_hand - reserved), variant_id)
  where reorder_point is not null and on_hand - reserved <= reorder_point
    and tracking <> 'not_tracked';

-- What shoppers can have of a variant, for the read views of other contexts.
create view inventory.availability as
select
  variant_id,
  orderable,
  orderable > 0 as in_stock
from (
  select
    variant_id,
    case tracking
      when 'tracked' then on_hand - reserved
      when 'backorder' then on_hand - reserved + coalesce(backorder_limit, 1000000000)
      else 1000000000
    end as orderable
  from inventory.stock
  where location_id = '01900000-0000-7000-8000-00000000d10c'
) offered;
