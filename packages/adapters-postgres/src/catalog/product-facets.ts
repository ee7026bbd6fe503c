import type postgres from 'postgres';

import {
  attributeValues,
  categoryValues,
  facetAttribute,
  facetFilter,
  MOST_FACET_VALUES,
  priceBounds,
  priceValues,
  ratingValues,
  stockValues,
  type CategoryReference,
  type Counted,
  type Facet,
  type FacetName,
  type FacetValue,
} from '@kastoma/application/catalog';
import type { Currency } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { EXACT_COUNTS_UP_TO } from '../core/paging.ts';
import { candidateListings, type ListingFilter } from './product-matching.ts';

type Fragment = postgres.Fragment;

/** A facet as it is counted: how often each key occurs among how many products. */
export type FacetRow = { readonly counted: number; readonly keys: readonly Counted<unknown>[] };

/** A JSON list of the facets' rows, in the order of the names. */
export function facetColumn(
  sql: Queryable,
  filter: ListingFilter,
  names: readonly FacetName[],
): Fragment {
  const rows = names.map((name) => countedBy(sql, filter, name));
  const list = rows.reduce((all, row, index) => (index === 0 ? row : sql`${all}, ${row}`), sql``);
  return names.length === 0 ? sql`'[]'::json` : sql`json_build_array(${list})`;
}

export function toFacets(
  names: readonly FacetName[],
  rows: readonly FacetRow[],
  currency: Currency,
): readonly Facet[] {
  return names.flatMap((name, index) => {
    const row = rows[index];
    if (row === undefined) return [];
    const countIsExact = row.counted <= EXACT_COUNTS_UP_TO;
    return [{ name, values: toValues(name, row.keys, currency), countIsExact }];
  });
}

/** One row more is read than is told exactly, so that it is known whether there are more; it is not told. */
function countedBy(sql: Queryable, filter: ListingFilter, name: FacetName): Fragment {
  return sql`(
    with matched as materialized (
      select listing.category_id, listing.amount, listing.in_stock, listing.rating, listing.attributes
      from ${candidateListings(sql, facetFilter(filter, name))}
      limit ${EXACT_COUNTS_UP_TO + 1}
    ), counted as (
      select key.key, count(*)::integer as count
      from (select * from matched limit ${EXACT_COUNTS_UP_TO}) matched
      cross join lateral ${keysOf(sql, filter, name)}
      where key.key is not null
      group by key.key
      order by count desc, key.key
      limit ${MOST_FACET_VALUES}
    )
    select json_build_object(
      'counted', (select count(*) from matched),
      'keys', coalesce(
        (select json_agg(json_build_object('key', ${shownKey(sql, name)}, 'count', count) order by count desc, key) from counted),
        '[]'
      )
    )
  )`;
}

function keysOf(sql: Queryable, { currency }: ListingFilter, name: FacetName): Fragment {
  switch (name) {
    case 'category':
      return sql`(select matched.category_id as key) key`;
    case 'price':
      return sql`(
        select width_bucket(matched.amount, ${priceBounds(currency).map(String)}::bigint[]) as key
      ) key`;
    case 'in_stock':
      return sql`(select matched.in_stock as key) key`;
    case 'rating':
      return sql`(select matched.rating / 1000 as key) key`;
    default:
      return sql`jsonb_array_elements(matched.attributes -> ${facetAttribute(name)}) as key (key)`;
  }
}

function shownKey(sql: Queryable, name: FacetName): Fragment {
  return name === 'category'
    ? sql`(
        select json_build_object('id', category.id, 'slug', category.slug, 'name', category.name)
        from catalog.categories category
        where category.id = counted.key
      )`
    : sql`counted.key`;
}

function toValues(
  name: FacetName,
  keys: readonly Counted<unknown>[],
  currency: Currency,
): readonly FacetValue[] {
  switch (name) {
    case 'category':
      return categoryValues(keys as readonly Counted<CategoryReference>[]);
    case 'price':
      return priceValues(keys as readonly Counted<number>[], currency);
    case 'in_stock':
      return stockValues(keys as readonly Counted<boolean>[]);
    case 'rating':
      return ratingValues(keys as readonly Counted<number>[]);
    default:
      return attributeValues(
        facetAttribute(name),
        keys as readonly Counted<string | number | boolean>[],
      );
  }
}
