-- What people say of themselves. A birth date is a day and no point in time; of a consent the time is kept.
alter table identity.users
  add column phone text check (phone <> ''),
  add column locale text check (locale ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'),
  add column birth_date date,
  add column avatar text check (avatar ~ '^https://'),
  add column marketing_consent_at timestamptz,
  add column deactivated_at timestamptz;

-- Those who can let others in are counted before one of them goes.
create index users_admins on identity.users (id)
  where role = 'admin' and deleted_at is null and deactivated_at is null;
create index users_created_at on identity.users (created_at desc, id desc) where deleted_at is null;

-- The address book. The application keeps one default of each kind; that there are never two is kept here.
create table identity.addresses (
  id uuid primary key,
  user_id uuid not null references identity.users on delete restrict,
  address jsonb not null check (jsonb_typeof(address) = 'object'),
  is_default_shipping boolean not null,
  is_default_billing boolean not null,
  created_at timestamptz not null,
  version integer not null check (version > 0)
);

create index addresses_user on identity.addresses (user_id, created_at, id);
create unique index addresses_default_shipping on identity.addresses (user_id) where is_default_shipping;
create unique index addresses_default_billing on identity.addresses (user_id) where is_default_billing;
