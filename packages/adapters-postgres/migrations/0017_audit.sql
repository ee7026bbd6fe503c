-- Who did what to whom, and when. Written in the transaction of what it tells of.
create table core.audit_entries (
  id uuid primary key,
  occurred_at timestamptz not null,
  actor text not null check (length(actor) between 1 and 100),
  action text not null check (action ~ '^[a-z_]+\.[a-z_]+$' and length(action) <= 100),
  subject_type text check (subject_type ~ '^[a-z_]+$' and length(subject_type) <= 50),
  subject_id uuid,
  correlation_id text not null,
  detail jsonb not null
    check (jsonb_typeof(detail) = 'object' and length(detail::text) <= 8000),
  check ((subject_type is null) = (subject_id is null))
);

create index audit_entries_newest on core.audit_entries (occurred_at desc, id desc);
create index audit_entries_actor on core.audit_entries (actor, occurred_at desc, id desc);
create index audit_entries_action on core.audit_entries (action, occurred_at desc, id desc);
create index audit_entries_subject
  on core.audit_entries (subject_id, subject_type, occurred_at desc, id desc)
  where subject_id is not null;

-- The last wall: whoever the application is to the database, what was written stays as it was.
-- A privilege would not do, for the owner of a table can grant itself any.
create function core.refuse_to_rewrite_history() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_entries_append_only
  before update or delete or truncate on core.audit_entries
  for each statement execute function core.refuse_to_rewrite_history();
alter table core.audit_entries enable always trigger audit_entries_append_only;
