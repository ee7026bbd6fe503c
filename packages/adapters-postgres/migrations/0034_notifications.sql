create schema notifications;

-- Where programs of the merchant hear of what happens. Secrets are encrypted by a key that is not in the database.
create table notifications.webhook_endpoints (
  id uuid primary key,
  url text not null check (url ~ '^https?://' and length(url) <= 2000),
  description text not null check (length(description) <= 200),
  -- Null for all types, those of later versions included.
  event_types text[] check (cardinality(event_types) > 0 and array_position(event_types, null) is null),
  active boolean not null,
  -- Why the shop itself has switched it off.
  disabled_because text check (disabled_because in ('failing', 'gone')),
  sealed_secret text not null check (length(sealed_secret) between 1 and 500),
  previous_sealed_secret text check (length(previous_sealed_secret) between 1 and 500),
  previous_secret_until timestamptz,
  -- Nothing has come through since then; noted beside the versions.
  failing_since timestamptz,
  created_by uuid not null references identity.users on delete restrict,
  created_at timestamptz not null,
  deleted_at timestamptz,
  version integer not null check (version > 0),
  check ((previous_sealed_secret is null) = (previous_secret_until is null)),
  check (not active or (deleted_at is null and disabled_because is null))
);

create index webhook_endpoints_listed on notifications.webhook_endpoints (created_at desc, id desc)
  where deleted_at is null;
create index webhook_endpoints_created_by on notifications.webhook_endpoints (created_by);

-- One message for one endpoint, and how far it got. The body is kept as the bytes that are signed.
create table notifications.webhook_deliveries (
  id uuid primary key,
  endpoint_id uuid not null references notifications.webhook_endpoints on delete restrict,
  -- The event's id, or a ping's own: by it receivers know a message again.
  message_id uuid not null,
  event_type text not null check (event_type ~ '^[a-z]+\.[a-z_]+$'),
  correlation_id text not null,
  body text not null,
  created_at timestamptz not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'quarantined')),
  -- Begun ones, so that a message that kills its sender is given up one day.
  attempts integer not null default 0 check (attempts >= 0),
  -- Not before; null of those that are not tried any more.
  due_at timestamptz,
  -- Until then whoever took it has it alone.
  claimed_until timestamptz,
  last_attempt_at timestamptz,
  took_milliseconds integer check (took_milliseconds >= 0),
  answered_status integer check (answered_status between 100 and 999),
  -- A code, nothing of anybody.
  last_error text check (length(last_error) <= 100),
  unique (endpoint_id, message_id),
  check ((status = 'pending') = (due_at is not null)),
  check ((last_attempt_at is null) = (took_milliseconds is null)),
  check (last_attempt_at is not null or (answered_status is null and last_error is null))
);

create index webhook_deliveries_due on notifications.webhook_deliveries (endpoint_id, due_at, id)
  where status = 'pending';
create index webhook_deliveries_newest
  on notifications.webhook_deliveries (endpoint_id, created_at desc, id desc);
create index webhook_deliveries_created_at on notifications.webhook_deliveries (created_at);

-- In which order events were committed: whoever reads up to the oldest transaction that still runs misses none, which
-- ids and times cannot promise. Rows from before have none, and are not rewritten; the old version goes on inserting
-- without the column and gets the default.
alter table core.outbox add column transaction_id xid8;
alter table core.outbox alter column transaction_id set default pg_current_xact_id();

create index outbox_of_orders on core.outbox (transaction_id, id)
  where type like 'ordering.%' or type like 'payments.%';
