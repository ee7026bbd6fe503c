-- The functions that list products, for many at once: facts of all products are gathered in one pass and not product
-- by product, words are made one before they are looked up, and stock is asked once. They keep their plans, which lead
-- through indexes by the ids that they are given, whatever the session says. So that they also do so where nobody has
-- counted a table yet, as in a shop that is being filled, what is deleted is told by `num_nulls`: of an index over what
-- is not deleted the planner would think that it is as good as empty, and read all of it.

-- Writes anew what stands of these products, where it is not the same already. Each product is held first and read in
-- a statement of its own, so that whoever comes last has read what all before have committed.
create or replace function catalog.refresh_listing(changed uuid[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_mergejoin = off
as $$
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
        and num_nulls(product.deleted_at) = 1
        and num_nulls(variant.deleted_at) = 1
        and price.currency = listing.currency
    );

  insert into catalog.listing as listing (
    product_id, currency, status, category_id, name, slug, tags, attributes, sku, amount,
    compare_at_amount, in_stock, rating_sum, rating_count, created_at
  )
  select distinct on (id, currency)
    id, currency, status, category_id, name, slug, tags, attributes, sku, amount, compare_at_amount, in_stock,
    rating_sum, rating_count, created_at
  from (
    select
      product.id, price.currency, product.status, product.category_id, product.name, product.slug, product.tags,
      coalesce(described.attributes, '{}') as attributes, variant.sku, variant.position, price.amount,
      price.compare_at_amount,
      coalesce(bool_or(stock.in_stock) over (partition by product.id), false) as in_stock,
      product.rating_sum, product.rating_count, date_trunc('milliseconds', product.created_at) as created_at
    from catalog.products product
    join catalog.variants variant on variant.product_id = product.id and num_nulls(variant.deleted_at) = 1
    left join catalog.variant_stock stock on stock.variant_id = variant.id
    left join catalog.prices price on price.variant_id = variant.id
    left join catalog.search_documents described on described.product_id = product.id
    where product.id = any (changed) and num_nulls(product.deleted_at) = 1
  ) offered
  where currency is not null
  order by id, currency, amount, position
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
create or replace function catalog.refresh_search(changed uuid[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_mergejoin = off
as $$
begin
  perform from catalog.products where id = any (changed) order by id for no key update;

  delete from catalog.search_documents document
  using catalog.products product
  where document.product_id = any (changed)
    and product.id = document.product_id
    and (
      product.deleted_at is not null
      or not exists (
        select from catalog.variants variant where variant.product_id = product.id and num_nulls(variant.deleted_at) = 1
      )
    );

  with stated as (
    select product.id, null::text as name, null::jsonb as value
    from catalog.products product
    where product.id = any (changed) and num_nulls(product.deleted_at) = 1
    union all
    select product.id, lower(attribute.key), attribute.value
    from catalog.products product, jsonb_each(product.attributes) attribute
    where product.id = any (changed) and num_nulls(product.deleted_at) = 1
    union all
    select variant.product_id, lower(attribute.key), attribute.value
    from catalog.variants variant, jsonb_each(variant.attributes) attribute
    where variant.product_id = any (changed) and num_nulls(variant.deleted_at) = 1 and variant.attributes <> '{}'
    union all
    select variant.product_id, lower(choice.value ->> 'name'), choice.value -> 'value'
    from catalog.variants variant, jsonb_array_elements(variant.options) choice
    where variant.product_id = any (changed) and num_nulls(variant.deleted_at) = 1 and variant.options <> '[]'
  ), facts as (
    select
      stated.id, stated.name,
      case when jsonb_typeof(stated.value) = 'array' then element.value else stated.value end as value
    from stated
    left join lateral jsonb_array_elements(
      case when jsonb_typeof(stated.value) = 'array' then stated.value end
    ) element on true
  ), listed as (
    select
      id, name,
      -- Whatever is nested deeper or long is no filter.
      jsonb_agg(distinct value) filter (
        where jsonb_typeof(value) in ('string', 'number', 'boolean') and length(value::text) <= 202
      ) as listed
    from facts
    group by id, name
  ), own as (
    select
      id,
      coalesce(jsonb_object_agg(name, listed) filter (where listed is not null), '{}') as attributes,
      coalesce(string_agg(translate(listed::text, '[]",', '    '), ' ' order by name) filter (
        where jsonb_typeof(listed -> 0) <> 'boolean'
      ), '') as terms
    from listed
    group by id
  ), documented as materialized (
    select
      own.id,
      setweight(to_tsvector('pg_catalog.simple', catalog.plain_words(product.name || ' ' || left(sold.skus, 20000))), 'A')
      || case when category.name is null then '' else setweight(to_tsvector('pg_catalog.simple', catalog.plain_words(category.name)), 'B') end
      || setweight(to_tsvector('pg_catalog.simple', catalog.plain_words(left(array_to_string(product.tags, ' ') || ' ' || own.terms, 20000))), 'C')
      || setweight(to_tsvector('pg_catalog.simple', unaccent(left(product.description, 20000))), 'D') as document,
      own.attributes
    from own
    join catalog.products product on product.id = own.id
    left join catalog.categories category on category.id = product.category_id and num_nulls(category.deleted_at) = 1
    cross join lateral (
      select string_agg(variant.sku || ' ' || translate(variant.sku, '-_./ ', ''), ' ' order by variant.position) as skus
      from catalog.variants variant
      where variant.product_id = own.id and num_nulls(variant.deleted_at) = 1
    ) sold
    where sold.skus is not null
  ), written as (
    insert into catalog.search_documents as document (product_id, document, attributes)
    select id, document, attributes
    from documented
    on conflict (product_id) do update
    set document = excluded.document, attributes = excluded.attributes
    where (document.document, document.attributes) is distinct from (excluded.document, excluded.attributes)
  ), words as materialized (
    select distinct lexeme
    from documented
    cross join lateral unnest(tsvector_to_array(ts_filter(document, '{a,b,c}'))) lexeme
  )
  insert into catalog.search_words (word)
  select lexeme
  from words
  where lexeme ~ '^[^[:digit:][:punct:]]{3,40}$'
    and not exists (select from catalog.search_words known where known.word = lexeme)
  order by lexeme
  on conflict do nothing;
end
$$;

-- What is listed is copied, by nobody but these functions, from rows that they hold: asking for them once more for each
-- copy was a twelfth of what it took to list a product. Products are deleted for good by nobody; their variants would
-- be in the way as before.
alter table catalog.listing
  drop constraint listing_product_id_fkey,
  drop constraint listing_category_id_fkey;
alter table catalog.search_documents
  drop constraint search_documents_product_id_fkey;
alter table catalog.variant_stock
  drop constraint variant_stock_variant_id_fkey;

-- Lists have been read from their projection since it is there; nobody asks the products for their time any more.
drop index catalog.products_created_at;
