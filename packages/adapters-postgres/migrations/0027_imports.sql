-- Files of products that are worked off row by row: what was received, how far it is, and what was wrong.
create table catalog.imports (
  id uuid primary key,
  format text not null check (format in ('csv', 'ndjson')),
  dry_run boolean not null,
  status text not null check (status in ('receiving', 'queued', 'running', 'finished', 'failed')),
  -- As ledgers record it: `user:<id>`, `service:<id>`, `system`.
  started_by text not null check (length(started_by) between 1 and 100),
  total_rows integer not null default 0 check (total_rows >= 0),
  done_rows integer not null default 0 check (done_rows between 0 and total_rows),
  created integer not null default 0 check (created >= 0),
  updated integer not null default 0 check (updated >= 0),
  unchanged integer not null default 0 check (unchanged >= 0),
  failed_rows integer not null default 0 check (failed_rows >= 0),
  -- How often its next rows could not be worked off by a defect.
  attempts integer not null default 0 check (attempts >= 0),
  created_at timestamptz not null,
  -- When the last rows were received.
  received_at timestamptz not null,
  finished_at timestamptz,
  check ((finished_at is not null) = (status in ('finished', 'failed')))
);

create index imports_newest on catalog.imports (created_at desc, id desc);
create index imports_to_do on catalog.imports (created_at, id) where status in ('queued', 'running');
create index imports_receiving on catalog.imports (received_at) where status = 'receiving';
create index imports_started_by on catalog.imports (started_by);

-- Rows that are worked off together; gone when they are.
create table catalog.import_chunks (
  import_id uuid not null references catalog.imports on delete restrict,
  number integer not null check (number >= 0),
  row_count integer not null check (row_count > 0),
  -- Nobody looks into it but who works it off.
  rows jsonb not null,
  primary key (import_id, number)
);

-- Which line a SKU stands in, until the import is done: two rows of one file do not change the same variant.
-- No foreign key: it would ask for the same import a million times, and the row of it is held by the writer.
create table catalog.import_skus (
  import_id uuid not null,
  sku text not null,
  line integer not null check (line > 0),
  primary key (import_id, sku)
);

-- The report: what was wrong, and where.
create table catalog.import_problems (
  import_id uuid not null references catalog.imports on delete restrict,
  line integer not null check (line > 0),
  sku text,
  column_name text,
  error jsonb not null check (jsonb_typeof(error) = 'object'),
  primary key (import_id, line)
);

-- Whoever writes many products at once calls the functions that list them once, in the end: for that
-- transaction the triggers stand back. What is set is gone with the transaction.
drop trigger list_new_products on catalog.products;
drop trigger list_changed_products on catalog.products;
drop trigger list_new_variants on catalog.variants;
drop trigger list_changed_variants on catalog.variants;
drop trigger list_new_prices on catalog.prices;
drop trigger list_changed_prices on catalog.prices;
drop trigger list_gone_prices on catalog.prices;
drop trigger list_new_stock on catalog.variant_stock;
drop trigger list_changed_stock on catalog.variant_stock;

create function catalog.lists_at_once() returns boolean language sql stable
return coalesce(current_setting('kastoma.listing', true), '') <> 'in_the_end';

create trigger list_new_products after insert on catalog.products
  referencing new table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_products();
create trigger list_changed_products after update on catalog.products
  referencing new table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_products();
create trigger list_new_variants after insert on catalog.variants
  referencing new table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_variants();
create trigger list_changed_variants after update on catalog.variants
  referencing new table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_variants();
create trigger list_new_prices after insert on catalog.prices
  referencing new table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_prices();
create trigger list_changed_prices after update on catalog.prices
  referencing new table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_prices();
create trigger list_gone_prices after delete on catalog.prices
  referencing old table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_prices();
create trigger list_new_stock after insert on catalog.variant_stock
  referencing new table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_prices();
create trigger list_changed_stock after update on catalog.variant_stock
  referencing new table as written for each statement
  when (catalog.lists_at_once()) execute function catalog.list_prices();
