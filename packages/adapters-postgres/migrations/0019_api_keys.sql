-- What services prove with who they are. Of a key there is a hash, and a part of it that is no secret, by which it is
-- found. A revoked one stays: events and ledgers name it. The shop's keys outlive the account of who made them.
create table identity.api_keys (
  id uuid primary key,
  prefix text not null check (prefix collate "C" ~ '^[0-9A-Za-z]{12}$'),
  hash text not null check (hash <> ''),
  name text not null check (length(name) between 1 and 80),
  scopes text[] not null check (cardinality(scopes) > 0 and array_position(scopes, null) is null),
  created_by uuid not null references identity.users on delete restrict,
  created_at timestamptz not null,
  expires_at timestamptz check (expires_at > created_at),
  last_used_at timestamptz,
  revoked_at timestamptz,
  version integer not null check (version > 0)
);

create unique index api_keys_prefix on identity.api_keys (prefix);
create index api_keys_created_at on identity.api_keys (created_at desc, id desc);
create index api_keys_created_by on identity.api_keys (created_by);
