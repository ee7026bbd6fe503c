-- The tree of the categories. Each row keeps the way down to it, so that a subtree is one look into an
-- index and breadcrumbs are one read. The way is not written by anybody: a trigger takes the parent's,
-- and the foreign key carries a change of it down to everything below. A circle would need a way without
-- end: it cannot be stored. The version before inserts without these columns and never moves anything.
alter table catalog.categories
  add column position integer not null default 0 check (position between 0 and 1000000),
  add column attribute_definitions jsonb not null default '[]'
    check (jsonb_typeof(attribute_definitions) = 'array' and jsonb_array_length(attribute_definitions) <= 100),
  -- From the root down to the parent; null at a root.
  add column parent_path uuid[];

with recursive placed (id, path) as (
  select id, array[id] from catalog.categories where parent_id is null
  union all
  select category.id, placed.path || category.id
  from placed
  join catalog.categories category on category.parent_id = placed.id
)
update catalog.categories category
set parent_path = parent.path
from placed parent
where parent.id = category.parent_id;

alter table catalog.categories
  -- From the root down to the category itself.
  add column path uuid[] not null generated always as (coalesce(parent_path, '{}'::uuid[]) || id) stored,
  add check ((parent_id is null) = (parent_path is null)),
  add check (id <> all (parent_path)),
  add check (cardinality(path) <= 20),
  add constraint categories_id_path unique (id, path),
  add constraint categories_parent_path foreign key (parent_id, parent_path)
    references catalog.categories (id, path) on update cascade on delete restrict;

-- Written seldom and read all the time: nothing waits in the index to be sorted in.
create index categories_path on catalog.categories using gin (path) with (fastupdate = off);
-- Whether a subtree is a leaf or half of the shop decides how its products are read: each is known by name.
alter table catalog.categories alter column path set statistics 1000;

create function catalog.place_category() returns trigger language plpgsql as $$
begin
  new.parent_path := null;
  if new.parent_id is not null then
    select path into new.parent_path from catalog.categories where id = new.parent_id for key share;
  end if;
  return new;
end
$$;

create trigger place_new_category before insert on catalog.categories
  for each row execute function catalog.place_category();
create trigger place_moved_category before update of parent_id on catalog.categories
  for each row when (new.parent_id is distinct from old.parent_id)
  execute function catalog.place_category();

-- What is counted for shoppers, without reading a product's row.
create index products_published_category on catalog.products (category_id)
  where status = 'published' and deleted_at is null;

-- Where a category was found before. A category that has the slug now comes first; whoever had it last is
-- remembered, and where that one is deleted nobody is led anywhere.
create table catalog.category_slugs (
  slug text primary key check (slug <> ''),
  category_id uuid not null references catalog.categories on delete restrict,
  retired_at timestamptz not null
);

create index category_slugs_category on catalog.category_slugs (category_id);
