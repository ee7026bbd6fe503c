-- What somebody shows besides their password: a secret in an authenticator app, encrypted by a key that is not in
-- the database, and hashes of the recovery codes that are left. One for each account; until it is confirmed it is
-- asked for by nobody, and the next enrolment takes its place.
create table identity.second_factors (
  user_id uuid primary key references identity.users on delete restrict,
  -- Of the enrolment, under which its events are told.
  id uuid not null unique,
  sealed_secret text not null check (length(sealed_secret) between 1 and 500),
  enrolled_at timestamptz not null,
  confirmed_at timestamptz,
  -- Passwords of this step and of those before it are void.
  last_used_step bigint check (last_used_step >= 0),
  recovery_code_hashes text[] not null default '{}' check (cardinality(recovery_code_hashes) <= 10),
  version integer not null check (version > 0),
  check (confirmed_at is not null or recovery_code_hashes = '{}'),
  check (confirmed_at is null or last_used_step is not null)
);
