-- Events wait here for their readers; they are written in the transaction of the change that they tell of.
create table core.outbox (
  id uuid primary key,
  type text not null,
  schema_version integer not null check (schema_version > 0),
  aggregate_id uuid not null,
  aggregate_version integer not null check (aggregate_version > 0),
  occurred_at timestamptz not null,
  correlation_id text not null,
  actor text not null,
  payload jsonb not null
);

create index outbox_aggregate on core.outbox (aggregate_id, aggregate_version);

-- The first answer under each idempotency key, written in the transaction of its effect.
create table core.idempotency_keys (
  scope text not null,
  key text not null,
  fingerprint text not null,
  status integer not null,
  headers jsonb not null,
  body text not null,
  kept_at timestamptz not null,
  primary key (scope, key)
);

create index idempotency_keys_kept_at on core.idempotency_keys (kept_at);

-- What was put into a new shop, so that each part of it is put there once.
create table core.seeds (
  name text primary key,
  planted_at timestamptz not null
);

-- One row: what the shop was opened with and keeps for good.
create table core.shop (
  only_one boolean primary key default true check (only_one),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  opened_at timestamptz not null
);
