create schema payments;

create table payments.payments (
  id uuid primary key,
  order_id uuid not null references ordering.orders on delete restrict,
  method text not null,
  amount bigint not null check (amount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (
    status in ('pending', 'authorized', 'paid', 'partially_refunded', 'refunded', 'failed', 'voided')
  ),
  created_at timestamptz not null,
  version integer not null check (version > 0)
);

create index payments_order on payments.payments (order_id);
