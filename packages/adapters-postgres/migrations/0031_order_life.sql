-- Where an order stands is told with since when, and why it was cancelled. Orders from before have neither, and the
-- previous version, which may still run, changes no status.
alter table ordering.orders
  add column status_since timestamptz,
  -- What somebody wrote, or `expired`.
  add column cancel_reason text check (length(cancel_reason) <= 500),
  add constraint orders_reason_of_cancelled check (cancel_reason is null or status = 'cancelled');

-- What a provider was to promise, and has not: these orders expire.
create index orders_awaiting_payment on ordering.orders (placed_at, id)
  where status = 'pending' and payment_method <> 'manual';

-- How many units have left; counted by the lines of fulfilments, and never more than were sold.
alter table ordering.order_items
  add column fulfilled integer not null default 0,
  add constraint order_items_fulfilled check (fulfilled between 0 and quantity);

-- Parcels; what has left stays as it was written.
create table ordering.fulfilments (
  id uuid primary key,
  order_id uuid not null references ordering.orders on delete restrict,
  position integer not null check (position >= 0),
  carrier text check (length(carrier) between 1 and 200),
  tracking_number text check (length(tracking_number) between 1 and 200),
  shipped_at timestamptz not null,
  unique (order_id, position)
);

create table ordering.fulfilment_lines (
  fulfilment_id uuid not null references ordering.fulfilments on delete restrict,
  order_item_id uuid not null references ordering.order_items on delete restrict,
  quantity integer not null check (quantity > 0),
  primary key (fulfilment_id, order_item_id)
);

create index fulfilment_lines_item on ordering.fulfilment_lines (order_item_id);

create function ordering.count_fulfilled_units() returns trigger language plpgsql as $$
begin
  update ordering.order_items item
  set fulfilled = item.fulfilled + new.quantity
  from ordering.fulfilments fulfilment
  where item.id = new.order_item_id
    and fulfilment.id = new.fulfilment_id
    and fulfilment.order_id = item.order_id;
  if not found then
    raise exception 'a fulfilment holds an item of another order'
      using errcode = 'foreign_key_violation';
  end if;
  return new;
end
$$;

create trigger count_fulfilled_units after insert on ordering.fulfilment_lines
  for each row execute function ordering.count_fulfilled_units();

create trigger fulfilments_append_only
  before update or delete or truncate on ordering.fulfilments
  for each statement execute function core.refuse_to_rewrite_history();
create trigger fulfilment_lines_append_only
  before update or delete or truncate on ordering.fulfilment_lines
  for each statement execute function core.refuse_to_rewrite_history();

-- Every change of an order with who made it: one row a version. That it was placed stands in the order itself. Ids and
-- codes alone, since nobody can take anything out of it.
create table ordering.order_history (
  order_id uuid not null references ordering.orders on delete restrict,
  version integer not null check (version > 1),
  type text not null check (type ~ '^ordering\.[a-z_]+$' and length(type) <= 100),
  actor text not null check (length(actor) between 1 and 100),
  occurred_at timestamptz not null,
  detail jsonb not null check (jsonb_typeof(detail) = 'object' and length(detail::text) <= 8000),
  primary key (order_id, version)
);

create trigger order_history_append_only
  before update or delete or truncate on ordering.order_history
  for each statement execute function core.refuse_to_rewrite_history();

-- What staff write down about an order; what is internal is for them alone.
create table ordering.order_notes (
  id uuid primary key,
  order_id uuid not null references ordering.orders on delete restrict,
  author text not null check (length(author) between 1 and 100),
  text text not null check (length(text) between 1 and 2000),
  internal boolean not null,
  written_at timestamptz not null
);

create index order_notes_order on ordering.order_notes (order_id, written_at, id);
