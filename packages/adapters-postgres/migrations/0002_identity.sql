create schema identity;

create table identity.users (
  id uuid primary key,
  email text not null check (email <> ''),
  password_hash text not null,
  first_name text not null,
  last_name text not null,
  role text not null check (role in ('customer', 'staff', 'admin')),
  email_verified boolean not null,
  created_at timestamptz not null,
  deleted_at timestamptz,
  version integer not null check (version > 0)
);

create unique index users_email on identity.users (email) where deleted_at is null;

-- One sign-in on one device; of its refresh tokens only the hashes of the last one spent and its successors are kept.
create table identity.sessions (
  id uuid primary key,
  user_id uuid not null references identity.users on delete restrict,
  family_hash text not null,
  good_hashes text[] not null check (cardinality(good_hashes) between 1 and 16),
  spent_hash text,
  spent_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz,
  version integer not null check (version > 0),
  check ((spent_hash is null) = (spent_at is null))
);

create index sessions_user on identity.sessions (user_id);
