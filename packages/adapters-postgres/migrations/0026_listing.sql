-- What lists, filters and the search read instead of the products: one row a product and currency of what is
-- compared and shown, and one row a product of what is searched. Nobody writes them but the functions below,
-- which triggers call: whoever writes a product, a variant or a price, the version before included, has
-- written the list, too. What a category is called and where it stands is not copied, and read from itself.
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists fuzzystrmatch;

-- As documents are compared, to mark what was found in a text as it is: in lower case and without accents.
create text search configuration catalog.marking (copy = pg_catalog.simple);
alter text search configuration catalog.marking
  alter mapping for asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart
  with unaccent, pg_catalog.simple;

create table catalog.listing (
  product_id uuid not null references catalog.products on delete restrict,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (status in ('draft', 'published', 'archived')),
  category_id uuid references catalog.categories on delete restrict,
  name text not null,
  slug text not null,
  tags text[] not null,
  -- By name, in lower case, the list of all values that the product, its variants and their options have.
  attributes jsonb not null,
  -- Of the cheapest variant.
  sku text not null,
  amount bigint not null check (amount >= 0),
  compare_at_amount bigint check (compare_at_amount >= 0),
  in_stock boolean not null,
  rating_sum integer not null,
  rating_count integer not null,
  -- The average in thousandths of a star; 0 where nobody has rated it.
  rating integer not null generated always as
    (coalesce(round(rating_sum * 1000.0 / nullif(rating_count, 0)), 0)::integer) stored,
  created_at timestamptz not null,
  primary key (product_id, currency)
);

-- Each order that shoppers can have begins at one end of one of these.
create index listing_created_at on catalog.listing (currency, created_at, product_id)
  where status = 'published';
create index listing_amount on catalog.listing (currency, amount, product_id)
  where status = 'published';
create index listing_name on catalog.listing (currency, name, product_id)
  where status = 'published';
create index listing_rating on catalog.listing (currency, rating, product_id)
  where status = 'published';
create index listing_category on catalog.listing (category_id, currency, created_at, product_id);
create index listing_category_amount on catalog.listing (category_id, currency, amount, product_id);
create index listing_in_stock on catalog.listing (currency, in_stock, created_at, product_id)
  where status = 'published';
create index listing_attributes on catalog.listing using gin (attributes jsonb_path_ops, tags);
-- For staff.
create index listing_status on catalog.listing (currency, status, created_at, product_id);
create index listing_all on catalog.listing (currency, created_at, product_id);
-- How many products stand in a category decides how they are read.
alter table catalog.listing alter column category_id set statistics 1000;

-- What is searched.
create table catalog.search_documents (
  product_id uuid primary key references catalog.products on delete restrict,
  -- Name and SKUs (A), category (B), attributes, options and tags (C), description (D): words as they stand,
  -- in lower case and without accents. Texts are in any language, so nothing is stemmed.
  document tsvector not null,
  -- As in the listing, which takes them from here.
  attributes jsonb not null
);

create index search_documents_document on catalog.search_documents using gin (document);
alter table catalog.search_documents alter column document set statistics 1000;

-- Words that products are called and described by, so that those mistyped can be led to them.
create table catalog.search_words (word text primary key);
create index search_words_near on catalog.search_words using gin (word gin_trgm_ops);

-- What the inventory has told of a variant, and by which version of its account.
create table catalog.variant_stock (
  variant_id uuid primary key references catalog.variants on delete restrict,
  in_stock boolean not null,
  version integer not null check (version > 0)
);

-- A text in the words that are compared: without accents, and with nothing in it that the parser would take
-- for more than words, such as hyphens, signs and addresses. As immutable as the rules of the extension.
create function catalog.plain_words(text) returns text language sql immutable parallel safe
return translate(unaccent($1), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32));

-- The words of a search, in their order: the first ten, in the form in which documents hold them.
create function catalog.search_terms(search text) returns text[] language sql immutable parallel safe
begin atomic
  select coalesce(array_agg(term order by place, term), '{}')
  from (
    select found.place, found.term
    from (
      select word.place, lexeme.term
      from regexp_split_to_table(catalog.plain_words(left(search, 1000)), '\s+') with ordinality as word (text, place)
      cross join lateral unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', word.text))) as lexeme (term)
    ) found
    order by found.place, found.term
    limit 10
  ) terms;
end;

-- What a document has to match that holds all words of a search; of the last one the beginning is enough,
-- where it has two letters. Null where nothing is left to search for.
create function catalog.search_query(search text) returns tsquery language plpgsql immutable parallel safe as $$
declare
  terms text[] := catalog.search_terms(search);
  last text := terms[cardinality(terms)];
begin
  return (
    select string_agg(quote_literal(term), ' & ')
    from unnest(terms) term
  ) || case when length(last) >= 2 then ':*' else '' end;
end
$$;

-- Writes anew what stands of these products, where it is not the same already. Each product is held first
-- and read in a statement of its own, so that whoever comes last has read what all before have committed.
create function catalog.refresh_listing(changed uuid[]) returns void language plpgsql as $$
begin
  perform from catalog.products where id = any (changed) order by id for no key update;

  delete from catalog.listing listing
  where listing.product_id = any (changed)
    and not exists (
      select
      from catalog.products product
      join catalog.variants variant on variant.product_id = product.id
      join catalog.prices price on price.variant_id = variant.id
      where product.id = listing.product_id
        and product.deleted_at is null
        and variant.deleted_at is null
        and price.currency = listing.currency
    );

  insert into catalog.listing as listing (
    product_id, currency, status, category_id, name, slug, tags, attributes, sku, amount,
    compare_at_amount, in_stock, rating_sum, rating_count, created_at
  )
  select distinct on (product.id, price.currency)
    product.id, price.currency, product.status, product.category_id, product.name, product.slug, product.tags,
    coalesce(described.attributes, '{}'), variant.sku, price.amount, price.compare_at_amount,
    exists (
      select
      from catalog.variants stocked
      join catalog.variant_stock stock on stock.variant_id = stocked.id
      where stocked.product_id = product.id and stocked.deleted_at is null and stock.in_stock
    ),
    product.rating_sum, product.rating_count, date_trunc('milliseconds', product.created_at)
  from catalog.products product
  join catalog.variants variant on variant.product_id = product.id
  join catalog.prices price on price.variant_id = variant.id
  left join catalog.search_documents described on described.product_id = product.id
  where product.id = any (changed)
    and product.deleted_at is null
    and variant.deleted_at is null
  order by product.id, price.currency, price.amount, variant.position
  on conflict (product_id, currency) do update
  set
    status = excluded.status, category_id = excluded.category_id, name = excluded.name,
    slug = excluded.slug, tags = excluded.tags, attributes = excluded.attributes,
    sku = excluded.sku, amount = excluded.amount,
    compare_at_amount = excluded.compare_at_amount, in_stock = excluded.in_stock,
    rating_sum = excluded.rating_sum, rating_count = excluded.rating_count,
    created_at = excluded.created_at
  where (
    listing.status, listing.category_id, listing.name, listing.slug, listing.tags,
    listing.attributes, listing.sku, listing.amount, listing.compare_at_amount, listing.in_stock, listing.rating_sum,
    listing.rating_count, listing.created_at
  ) is distinct from (
    excluded.status, excluded.category_id, excluded.name, excluded.slug, excluded.tags,
    excluded.attributes, excluded.sku, excluded.amount, excluded.compare_at_amount, excluded.in_stock, excluded.rating_sum,
    excluded.rating_count, excluded.created_at
  );
end
$$;

-- The same for what is searched.
create function catalog.refresh_search(changed uuid[]) returns void language plpgsql as $$
begin
  perform from catalog.products where id = any (changed) order by id for no key update;

  delete from catalog.search_documents document
  using catalog.products product
  where document.product_id = any (changed)
    and product.id = document.product_id
    and (
      product.deleted_at is not null
      or not exists (
        select from catalog.variants variant where variant.product_id = product.id and variant.deleted_at is null
      )
    );

  with described as (
    select
      product.id, product.tags, product.name, product.description,
      coalesce(category.name, '') as category,
      own.skus,
      coalesce(own.attributes, '{}') as attributes,
      array_to_string(product.tags, ' ') || ' ' || coalesce(own.terms, '') as terms
    from catalog.products product
    left join catalog.categories category on category.id = product.category_id and category.deleted_at is null
    cross join lateral (
      select
        jsonb_object_agg(name, listed) filter (where listed is not null) as attributes,
        string_agg(translate(listed::text, '[]",', '    '), ' ') filter (where jsonb_typeof(listed -> 0) <> 'boolean') as terms,
        string_agg(sku || ' ' || translate(sku, '-_./ ', ''), ' ') as skus
      from (
        select null::text as sku, lower(fact.name) as name, jsonb_agg(distinct scalar.value) as listed
        from (
          select attribute.key as name, attribute.value
          from jsonb_each(product.attributes) attribute
          union all
          select attribute.key, attribute.value
          from catalog.variants variant, jsonb_each(variant.attributes) attribute
          where variant.product_id = product.id and variant.deleted_at is null
          union all
          select choice.value ->> 'name', choice.value -> 'value'
          from catalog.variants variant, jsonb_array_elements(variant.options) choice
          where variant.product_id = product.id and variant.deleted_at is null
        ) fact
        cross join lateral jsonb_array_elements(
          case jsonb_typeof(fact.value) when 'array' then fact.value else jsonb_build_array(fact.value) end
        ) scalar
        -- Whatever is nested deeper or long is no filter.
        where jsonb_typeof(scalar.value) in ('string', 'number', 'boolean')
          and length(scalar.value::text) <= 202
        group by lower(fact.name)
        union all
        select variant.sku, null, null
        from catalog.variants variant
        where variant.product_id = product.id and variant.deleted_at is null
      ) facts
    ) own
    where product.id = any (changed) and product.deleted_at is null and own.skus is not null
  ), documented as materialized (
    select
      id,
      setweight(to_tsvector('pg_catalog.simple', catalog.plain_words(name || ' ' || left(skus, 20000))), 'A')
      || setweight(to_tsvector('pg_catalog.simple', catalog.plain_words(category)), 'B')
      || setweight(to_tsvector('pg_catalog.simple', catalog.plain_words(left(terms, 20000))), 'C')
      || setweight(to_tsvector('pg_catalog.simple', unaccent(left(description, 20000))), 'D') as document,
      attributes
    from described
  ), written as (
    insert into catalog.search_documents as document (product_id, document, attributes)
    select id, document, attributes
    from documented
    on conflict (product_id) do update
    set document = excluded.document, attributes = excluded.attributes
    where (document.document, document.attributes) is distinct from (excluded.document, excluded.attributes)
  )
  insert into catalog.search_words (word)
  select distinct lexeme
  from documented
  cross join lateral unnest(tsvector_to_array(ts_filter(document, '{a,b,c}'))) lexeme
  where lexeme ~ '^[^[:digit:][:punct:]]{3,40}$'
    and not exists (select from catalog.search_words known where known.word = lexeme)
  order by lexeme
  on conflict do nothing;
end
$$;

-- The same with each word that no product has replaced by the nearest that they have: one to three letters
-- away, the longer the more. Null where a word is like none that there is.
create function catalog.near_query(search text) returns tsquery language plpgsql stable
set pg_trgm.similarity_threshold = 0.15 as $$
declare
  terms text[] := catalog.search_terms(search);
  whole tsquery;
  part tsquery;
  term text;
begin
  for place in 1 .. cardinality(terms) loop
    term := terms[place];
    if exists (select from catalog.search_words where word = term) then
      part := quote_literal(term)::tsquery;
    elsif place = cardinality(terms) and exists (select from catalog.search_words where word ^@ term) then
      part := (quote_literal(term) || ':*')::tsquery;
    else
      select string_agg(quote_literal(near.word), ' | ')::tsquery
      into part
      from (
        select word, rank() over (order by distance) as rank
        from (
          select word, levenshtein_less_equal(word, term, 3) as distance
          from catalog.search_words
          where word % term and length(term) between 3 and 40
          order by similarity(word, term) desc, word
          limit 200
        ) alike
        where distance <= case when length(term) <= 4 then 1 when length(term) <= 8 then 2 else 3 end
        order by distance, word
        limit 10
      ) near
      where near.rank = 1;
    end if;
    if part is null then
      return null;
    end if;
    whole := coalesce(whole && part, part);
  end loop;
  return whole;
end
$$;

create function catalog.list_products() returns trigger language plpgsql as $$
declare
  changed uuid[] := array(select id from written);
begin
  perform catalog.refresh_search(changed);
  perform catalog.refresh_listing(changed);
  return null;
end
$$;

create function catalog.list_variants() returns trigger language plpgsql as $$
declare
  changed uuid[] := array(select distinct product_id from written);
begin
  perform catalog.refresh_search(changed);
  perform catalog.refresh_listing(changed);
  return null;
end
$$;

create function catalog.list_prices() returns trigger language plpgsql as $$
begin
  perform catalog.refresh_listing(array(
    select distinct variant.product_id
    from written
    join catalog.variants variant on variant.id = written.variant_id
  ));
  return null;
end
$$;

create trigger list_new_products after insert on catalog.products
  referencing new table as written for each statement execute function catalog.list_products();
create trigger list_changed_products after update on catalog.products
  referencing new table as written for each statement execute function catalog.list_products();
create trigger list_new_variants after insert on catalog.variants
  referencing new table as written for each statement execute function catalog.list_variants();
create trigger list_changed_variants after update on catalog.variants
  referencing new table as written for each statement execute function catalog.list_variants();
create trigger list_new_prices after insert on catalog.prices
  referencing new table as written for each statement execute function catalog.list_prices();
create trigger list_changed_prices after update on catalog.prices
  referencing new table as written for each statement execute function catalog.list_prices();
create trigger list_gone_prices after delete on catalog.prices
  referencing old table as written for each statement execute function catalog.list_prices();
-- What there is already. From here on nobody can write past the triggers.
insert into catalog.variant_stock (variant_id, in_stock, version)
select stock.variant_id, availability.in_stock, stock.version
from inventory.stock stock
join inventory.availability availability on availability.variant_id = stock.variant_id
where stock.location_id = '01900000-0000-7000-8000-00000000d10c';

create trigger list_new_stock after insert on catalog.variant_stock
  referencing new table as written for each statement execute function catalog.list_prices();
create trigger list_changed_stock after update on catalog.variant_stock
  referencing new table as written for each statement execute function catalog.list_prices();

select catalog.refresh_search(array(select id from catalog.products));
select catalog.refresh_listing(array(select id from catalog.products));
