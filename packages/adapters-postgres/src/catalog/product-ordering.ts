import type postgres from 'postgres';

import type { ProductOrdering, ProductPlace } from '@kastoma/application/catalog';
import type { Instant } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type Fragment = postgres.Fragment;

/** What the keys of a place are read from. */
export type PlacedRow = {
  readonly id: string;
  readonly name: string;
  readonly amount: string;
  readonly created_at: string;
  readonly rating: number;
  readonly rank: number;
};

/** The order by the key, and by the id among equals, both in the same direction: one index serves an ordering and its reverse. */
export function orderOf(sql: Queryable, ordering: ProductOrdering): Fragment {
  const key = keyColumn(sql, ordering);
  return isDescending(ordering)
    ? sql`${key} desc, listing.product_id desc`
    : sql`${key}, listing.product_id`;
}

/** What comes behind a place. */
export function behind(sql: Queryable, place: ProductPlace): Fragment {
  const key = keyColumn(sql, place.ordering);
  const id = place.keys[2];
  const last = keyValue(sql, place);
  return isDescending(place.ordering)
    ? sql`(${key}, listing.product_id) < (${last}, ${id}::uuid)`
    : sql`(${key}, listing.product_id) > (${last}, ${id}::uuid)`;
}

export function placeOf(
  ordering: ProductOrdering,
  step: number,
  { id, ...row }: PlacedRow,
): ProductPlace {
  switch (ordering) {
    case 'relevance':
      return { ordering, keys: [step, row.rank, id] };
    case 'name':
    case '-name':
      return { ordering, keys: [step, row.name, id] };
    case 'price':
    case '-price':
      return { ordering, keys: [step, row.amount, id] };
    case 'created_at':
    case '-created_at':
      return { ordering, keys: [step, fromTimestamp(new Date(row.created_at)), id] };
    case 'rating':
    case '-rating':
      return { ordering, keys: [step, row.rating, id] };
  }
}

/** The best, the latest or the largest first. */
function isDescending(ordering: ProductOrdering): boolean {
  return ordering === 'relevance' || ordering.startsWith('-');
}

function keyColumn(sql: Queryable, ordering: ProductOrdering): Fragment {
  switch (ordering) {
    case 'relevance':
      return sql`found.rank`;
    case 'name':
    case '-name':
      return sql`listing.name`;
    case 'price':
    case '-price':
      return sql`listing.amount`;
    case 'created_at':
    case '-created_at':
      return sql`listing.created_at`;
    case 'rating':
    case '-rating':
      return sql`listing.rating`;
  }
}

function keyValue(sql: Queryable, place: ProductPlace): Fragment {
  switch (place.ordering) {
    case 'relevance':
    case 'rating':
    case '-rating':
      return sql`${place.keys[1]}::integer`;
    case 'name':
    case '-name':
      return sql`${place.keys[1]}::text`;
    case 'price':
    case '-price':
      return sql`${place.keys[1]}::bigint`;
    case 'created_at':
    case '-created_at':
      return sql`${toTimestamp(place.keys[1] as Instant)}::timestamptz`;
  }
}
