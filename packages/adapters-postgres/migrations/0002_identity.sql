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

-- One sign-in on one device; of its refresh tokens only the hash of the last one is kept.
create table identity.sessions (
  id uuid primary key,
  user_id uuid not null references identity.users on delete restrict,
  token_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz,
  version integer not null check (version > 0)
);

create index sessions_user on identity.sessions (user_id);
