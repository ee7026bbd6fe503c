-- What customers say of products. A review whose author was erased is nobody's, and keeps its stars alone.
create table catalog.reviews (
  id uuid primary key,
  product_id uuid not null references catalog.products on delete restrict,
  author_id uuid references identity.users on delete restrict,
  rating smallint not null check (rating between 1 and 5),
  title text check (title <> ''),
  comment text check (comment <> ''),
  is_verified_purchase boolean not null,
  status text not null check (status in ('pending', 'approved', 'rejected')),
  helpful_count integer not null default 0 check (helpful_count >= 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null check (version > 0),
  check (author_id is null or comment is not null),
  check (author_id is not null or status <> 'pending' and title is null and comment is null)
);

-- One a customer and product.
create unique index reviews_author on catalog.reviews (author_id, product_id);
create index reviews_product on catalog.reviews (product_id, created_at desc, id desc);
create index reviews_product_helpful
  on catalog.reviews (product_id, helpful_count desc, created_at desc, id desc)
  where status = 'approved';
create index reviews_status on catalog.reviews (status, created_at, id);

-- Who found a review helpful.
create table catalog.review_votes (
  review_id uuid not null references catalog.reviews on delete restrict,
  customer_id uuid not null references identity.users on delete restrict,
  voted_at timestamptz not null,
  primary key (review_id, customer_id)
);

create index review_votes_customer on catalog.review_votes (customer_id);

-- The sum of the stars of the approved reviews, and how many they are. The trigger below writes them, and
-- nobody else.
alter table catalog.products
  add column rating_sum integer not null default 0,
  add column rating_count integer not null default 0 check (rating_count >= 0),
  add check (rating_sum between rating_count and 5 * rating_count);

create function catalog.count_rating() returns trigger language plpgsql as $$
declare
  stars integer := 0;
  reviews integer := 0;
begin
  if tg_op <> 'INSERT' and old.status = 'approved' then
    stars := stars - old.rating;
    reviews := reviews - 1;
  end if;
  if tg_op <> 'DELETE' and new.status = 'approved' then
    stars := stars + new.rating;
    reviews := reviews + 1;
  end if;
  if stars <> 0 or reviews <> 0 then
    update catalog.products
    set rating_sum = rating_sum + stars, rating_count = rating_count + reviews
    where id = coalesce(new.product_id, old.product_id);
  end if;
  return null;
end
$$;

create trigger count_rating
  after insert or delete or update of status, rating on catalog.reviews
  for each row execute function catalog.count_rating();

create function catalog.count_helpful() returns trigger language plpgsql as $$
begin
  update catalog.reviews review
  set helpful_count = helpful_count + counted.votes * case tg_op when 'INSERT' then 1 else -1 end
  from (select review_id, count(*)::integer as votes from changed group by review_id) counted
  where review.id = counted.review_id;
  return null;
end
$$;

create trigger count_helpful_given
  after insert on catalog.review_votes
  referencing new table as changed
  for each statement execute function catalog.count_helpful();
create trigger count_helpful_taken
  after delete on catalog.review_votes
  referencing old table as changed
  for each statement execute function catalog.count_helpful();
