-- When an event was shared out among those who listen to its type. What was told before there
-- were listeners counts as shared out: the default of that moment is kept for those rows alone,
-- without rewriting them. The old version goes on inserting without the column.
alter table core.outbox add column shared_out_at timestamptz default now();
alter table core.outbox alter column shared_out_at drop default;

create index outbox_to_share_out on core.outbox (aggregate_id, aggregate_version, id)
  where shared_out_at is null;
create index outbox_shared_out on core.outbox (shared_out_at) where shared_out_at is not null;

-- One event for one consumer, and how far it got. A handled one is noted in the transaction of
-- its effect. Pending are those that were neither handled nor quarantined.
create table core.deliveries (
  event_id uuid not null references core.outbox on delete cascade,
  consumer text not null,
  -- Of the event, which does not change.
  event_type text not null,
  aggregate_id uuid not null,
  aggregate_version integer not null,
  -- Begun ones, so that an event that kills its relay is given up one day.
  attempts integer not null default 0 check (attempts >= 0),
  -- Not before; while it is tried, the end of the lease.
  due_at timestamptz not null,
  handled_at timestamptz,
  quarantined_at timestamptz,
  -- A code, nothing of anybody.
  last_error text check (length(last_error) <= 200),
  primary key (event_id, consumer),
  check (handled_at is null or quarantined_at is null)
);

create index deliveries_due on core.deliveries (due_at)
  where handled_at is null and quarantined_at is null;
create index deliveries_pending on core.deliveries (consumer, aggregate_id, aggregate_version, event_id)
  where handled_at is null and quarantined_at is null;
create index deliveries_quarantined on core.deliveries (quarantined_at)
  where quarantined_at is not null;
