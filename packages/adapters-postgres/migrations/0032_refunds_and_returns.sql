-- What an order has paid back, and which units of it came back. The previous version writes none of this, and reads on
-- as if nothing of the kind had happened.
alter table ordering.orders
  add column refunded bigint not null default 0,
  add column refunded_shipping bigint not null default 0,
  -- The last wall: nobody gets back more than was asked of them.
  add constraint orders_refunded check (refunded between 0 and total),
  add constraint orders_refunded_shipping check (
    refunded_shipping between 0 and shipping + case prices when 'exclusive' then tax else 0 end
  );

alter table ordering.order_items
  add column refunded integer not null default 0,
  add column refunded_amount bigint not null default 0,
  add column returned integer not null default 0,
  add constraint order_items_refunded check (refunded between 0 and quantity),
  add constraint order_items_refunded_amount check (refunded_amount between 0 and total + tax),
  -- What comes back had left.
  add constraint order_items_returned check (returned between 0 and fulfilled);

-- Amounts are minor units of the order's currency, tax included. What was decided stays as it was written; how it is
-- paid out the operations of the payments say.
create table ordering.refunds (
  id uuid primary key,
  order_id uuid not null references ordering.orders on delete restrict,
  position integer not null check (position >= 0),
  reason text not null check (length(reason) <= 500),
  amount bigint not null check (amount >= 0),
  tax bigint not null check (tax between 0 and amount),
  shipping_amount bigint check (shipping_amount > 0),
  shipping_tax bigint check (shipping_tax between 0 and shipping_amount),
  refunded_at timestamptz not null,
  unique (order_id, position),
  check ((shipping_amount is null) = (shipping_tax is null))
);

create table ordering.refund_lines (
  refund_id uuid not null references ordering.refunds on delete restrict,
  order_item_id uuid not null references ordering.order_items on delete restrict,
  -- None where only an amount goes back.
  quantity integer not null check (quantity >= 0),
  amount bigint not null check (amount >= 0),
  tax bigint not null check (tax between 0 and amount),
  primary key (refund_id, order_item_id),
  check (quantity > 0 or amount > 0)
);

create index refund_lines_item on ordering.refund_lines (order_item_id);

create function ordering.count_refunded_money() returns trigger language plpgsql as $$
begin
  update ordering.orders
  set
    refunded = refunded + new.amount,
    refunded_shipping = refunded_shipping + coalesce(new.shipping_amount, 0)
  where id = new.order_id;
  return new;
end
$$;

create trigger count_refunded_money after insert on ordering.refunds
  for each row execute function ordering.count_refunded_money();

create function ordering.count_refunded_units() returns trigger language plpgsql as $$
begin
  update ordering.order_items item
  set
    refunded = item.refunded + new.quantity,
    refunded_amount = item.refunded_amount + new.amount
  from ordering.refunds refund
  where item.id = new.order_item_id
    and refund.id = new.refund_id
    and refund.order_id = item.order_id;
  if not found then
    raise exception 'a refund holds an item of another order' using errcode = 'foreign_key_violation';
  end if;
  return new;
end
$$;

create trigger count_refunded_units after insert on ordering.refund_lines
  for each row execute function ordering.count_refunded_units();

create trigger refunds_append_only
  before update or delete or truncate on ordering.refunds
  for each statement execute function core.refuse_to_rewrite_history();
create trigger refund_lines_append_only
  before update or delete or truncate on ordering.refund_lines
  for each statement execute function core.refuse_to_rewrite_history();

-- Which refund an operation pays out.
alter table payments.operations
  add column refund_id uuid references ordering.refunds on delete restrict,
  add constraint operations_pay_refunds_out check (refund_id is null or kind = 'refund');

create index operations_refund on payments.operations (refund_id) where refund_id is not null;
-- Money that was to go back, and a provider said no.
create index operations_refused on payments.operations (requested_at, id)
  where outcome = 'declined' and kind in ('refund', 'void');

-- Units on their way back.
create table ordering.returns (
  id uuid primary key,
  order_id uuid not null references ordering.orders on delete restrict,
  -- In the words of whoever asked.
  reason text not null check (length(reason) <= 500),
  status text not null check (status in ('requested', 'received', 'cancelled')),
  requested_at timestamptz not null,
  ended_at timestamptz,
  -- What was paid back when it came.
  refund_id uuid unique references ordering.refunds on delete restrict,
  -- What goes out for it: an order that is written last in its transaction.
  exchange_order_id uuid unique references ordering.orders on delete restrict
    deferrable initially deferred,
  version integer not null check (version > 0),
  check ((status = 'requested') = (ended_at is null)),
  check (refund_id is null or status = 'received')
);

create index returns_order on ordering.returns (order_id, requested_at, id);

create table ordering.return_lines (
  return_id uuid not null references ordering.returns on delete restrict,
  order_item_id uuid not null references ordering.order_items on delete restrict,
  position integer not null check (position >= 0),
  quantity integer not null check (quantity > 0),
  received integer not null default 0 check (received between 0 and quantity),
  -- Whether what came is sold again.
  restock boolean not null default false check (not restock or received > 0),
  primary key (return_id, order_item_id)
);

create index return_lines_item on ordering.return_lines (order_item_id);

create function ordering.count_returned_units() returns trigger language plpgsql as $$
begin
  update ordering.order_items item
  set returned = item.returned + new.received - case tg_op when 'UPDATE' then old.received else 0 end
  from ordering.returns back
  where item.id = new.order_item_id and back.id = new.return_id and back.order_id = item.order_id;
  if not found then
    raise exception 'a return holds an item of another order' using errcode = 'foreign_key_violation';
  end if;
  return new;
end
$$;

create trigger count_returned_units after insert or update on ordering.return_lines
  for each row execute function ordering.count_returned_units();
