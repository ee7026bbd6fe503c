-- The files of images that were uploaded. A row is written before the first file is stored, and goes after the
-- last one: no file is ever forgotten. The id is that of the image.
create table catalog.media_uploads (
  id uuid primary key,
  file_keys text[] not null check (cardinality(file_keys) > 0),
  uploaded_at timestamptz not null,
  -- Whether a product shows it.
  is_shown boolean not null default false
);

create index media_uploads_unused on catalog.media_uploads (uploaded_at) where not is_shown;

-- The version before goes on inserting addresses and texts alone.
alter table catalog.product_images
  add column id uuid not null default gen_random_uuid(),
  add column upload_id uuid references catalog.media_uploads on delete restrict,
  add column width integer check (width > 0),
  add column height integer check (height > 0),
  add column checksum text check (checksum ~ '^[0-9a-f]{64}$'),
  -- The same in other sizes: [{ "url": "images/...", "format": "webp", "width": 320, "height": 240 }].
  add column renditions jsonb check (jsonb_typeof(renditions) = 'array'),
  add check (upload_id = id),
  -- Whatever was uploaded is known in all of this, and nothing else is.
  add check (num_nonnulls(upload_id, width, height, checksum, renditions) in (0, 5));

create unique index product_images_id on catalog.product_images (id);
create unique index product_images_upload on catalog.product_images (upload_id)
  where upload_id is not null;
