-- Which access tokens of a user are good: those of this version. Raised to take them back.
alter table identity.users
  add column token_version integer not null default 1 check (token_version > 0);

-- A session goes with the version that it was opened under, or was kept for while others were ended; where it
-- differs from the user's it was opened by a sign-in that lost a race with a change of the password, and is over.
alter table identity.sessions
  add column token_version integer not null default 1 check (token_version > 0),
  add column device text not null default '' check (length(device) <= 100),
  add column address text not null default '' check (length(address) <= 100);

-- What is open of a user, for the list and for ending all of it.
create index sessions_open on identity.sessions (user_id, expires_at) where revoked_at is null;
