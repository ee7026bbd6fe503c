-- What has moved of each payment, what providers were asked for, and what they told. Each provider's totals only grow;
-- what went back had come in, and what came in had been promised. The old version knows of none of this: what it
-- writes has moved nothing.
alter table payments.payments
  add column authorized bigint not null default 0,
  add column captured bigint not null default 0,
  add column refunded bigint not null default 0 check (refunded >= 0),
  add column is_released boolean not null default false,
  add column reference text check (length(reference) between 1 and 255),
  -- Why the provider has last said no; a code.
  add column decline_reason text check (length(decline_reason) between 1 and 200),
  add column abandoned_at timestamptz,
  -- When what an abandoned payment holds is to go back; infinity where the provider refused too often.
  add column give_back_at timestamptz,
  add constraint payments_captured_was_promised check (captured <= authorized),
  add constraint payments_refunded_came_in check (refunded <= captured),
  add constraint payments_known_method check (method in ('manual', 'test', 'stripe')),
  add constraint payments_gives_back_when_abandoned check (
    give_back_at is null or abandoned_at is not null
  );

create unique index payments_reference on payments.payments (method, reference)
  where reference is not null;
create index payments_give_back on payments.payments (give_back_at) where give_back_at is not null;

-- Each is written down before the provider hears of it; its id is the key under which the provider is asked.
create table payments.operations (
  id uuid primary key,
  payment_id uuid not null references payments.payments on delete restrict,
  position integer not null check (position >= 0),
  kind text not null check (kind in ('authorize', 'capture', 'void', 'refund')),
  amount bigint not null check (amount > 0),
  token text check (length(token) between 1 and 255),
  outcome text not null check (outcome in ('open', 'succeeded', 'declined')),
  reason text check (length(reason) between 1 and 200),
  requested_at timestamptz not null,
  settled_at timestamptz,
  -- How often the provider was asked, by whom it is being asked now, and when it is to be asked again; without that,
  -- it is for a person to look into.
  attempts integer not null default 0 check (attempts >= 0),
  claimed_until timestamptz,
  next_attempt_at timestamptz,
  last_error text check (length(last_error) <= 200),
  unique (payment_id, position),
  check ((outcome = 'open') = (settled_at is null)),
  check ((outcome = 'declined') = (reason is not null)),
  -- What is paid with is known for as long as the provider is asked.
  check (token is null or (outcome = 'open' and kind = 'authorize'))
);

create index operations_due on payments.operations (next_attempt_at) where outcome = 'open';
-- A promise is asked for once, and let go by one at a time.
create unique index operations_one_authorization on payments.operations (payment_id)
  where kind = 'authorize';
create unique index operations_one_open_void on payments.operations (payment_id)
  where kind = 'void' and outcome = 'open';

-- What providers told, each event once however often it comes.
create table payments.provider_events (
  provider text not null check (provider in ('manual', 'test', 'stripe')),
  event_id text not null check (length(event_id) between 1 and 255),
  payment_id uuid not null references payments.payments on delete restrict,
  received_at timestamptz not null,
  primary key (provider, event_id)
);

create index provider_events_received_at on payments.provider_events (received_at);
create index provider_events_payment on payments.provider_events (payment_id);

-- What the gateway for tests remembers, as a provider outside would: it commits by itself, whatever becomes of those
-- who ask. No money stands behind it.
create table payments.test_gateway (
  reference text primary key check (length(reference) between 1 and 255),
  account jsonb not null,
  -- By the key under which it was asked.
  answers jsonb not null
);

-- What a command under a key is still to do outside before its answer is final.
alter table core.idempotency_keys add column intent text check (length(intent) between 1 and 200);
