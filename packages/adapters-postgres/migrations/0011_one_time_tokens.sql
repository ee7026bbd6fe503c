-- Tokens that are sent by mail, of which only the hash is kept: the latest one of an account for each purpose, so
-- that a new one voids the older one. A used one stays as it is until the next one comes.
create table identity.one_time_tokens (
  user_id uuid not null references identity.users on delete cascade,
  purpose text not null check (purpose in ('email_verification', 'password_reset')),
  hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  used_at timestamptz,
  primary key (user_id, purpose)
);

create unique index one_time_tokens_hash on identity.one_time_tokens (hash);
