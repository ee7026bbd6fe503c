import type { AttributeFilter, ProductFilter } from '@kastoma/application/catalog';
import { isUuid, type Currency } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { timestampOrNull } from '../core/timestamp.ts';

/** A filter whose currency is known, and how its search is meant: words as they stand, or the nearest ones. */
export type ListingFilter = ProductFilter & {
  readonly currency: Currency;
  readonly words: 'as_they_stand' | 'nearest';
  /** The categories of the tree that was asked for, where they were looked up before. */
  readonly branch?: readonly string[];
};

/** How many products stand in which category decides how a list of them is read: the planner has to see which ones. Of a search its words decide, and of very many categories nobody wants to read the names. */
export async function branchOf(
  sql: Queryable,
  { categoryTree, search }: ProductFilter,
): Promise<readonly string[] | null> {
  if (categoryTree === null || search !== null) return null;
  const places = await sql<{ id: string }[]>`
    select id from catalog.categories where path @> ${topOf(sql, categoryTree)} limit ${MOST_NAMED + 1}
  `;
  return places.length > MOST_NAMED ? null : places.map(({ id }) => id);
}

const MOST_NAMED = 500;

/** What comes after `from`: the rows of the listing that a filter leaves. Each condition stands only where it is asked for, so that each has a plan of its own. */
export function matchingListings(sql: Queryable, filter: ListingFilter) {
  const { categoryTree, search, branch } = filter;
  return sql`
    catalog.listing listing
    ${search === null ? sql`` : sql`join catalog.search_documents searched on searched.product_id = listing.product_id`}
    ${
      categoryTree === null || branch !== undefined
        ? sql``
        : sql`
          join catalog.categories place
            on place.id = listing.category_id
            and place.path @> ${topOf(sql, categoryTree)}
        `
    }
    where listing.currency = ${filter.currency}
      ${branch === undefined ? sql`` : sql`and listing.category_id = any(${[...branch]}::uuid[])`}
      ${visible(sql, filter)}
      ${search === null ? sql`` : sql`and searched.document @@ ${searchQuery(sql, filter)}`}
      ${described(sql, filter)}
      ${priced(sql, filter)}
  `;
}

/**
 * The same in any order. Where nothing but words narrows the list, whatever they lead to is looked up one by one:
 * the planner would rather read the listing from end to end, of which only so many are wanted.
 */
export function candidateListings(sql: Queryable, filter: ListingFilter) {
  if (!isSearchedAlone(filter)) return matchingListings(sql, filter);
  return sql`
    catalog.search_documents searched
    cross join lateral (
      select *
      from catalog.listing
      where product_id = searched.product_id and currency = ${filter.currency}
      offset 0
    ) listing
    where searched.document @@ ${searchQuery(sql, filter)}
      ${visible(sql, filter)}
      ${inStockOrNot(sql, filter)}
  `;
}

function isSearchedAlone(filter: ListingFilter): boolean {
  const {
    search,
    category,
    categoryTree,
    minimumPrice,
    maximumPrice,
    minimumRating = null,
  } = filter;
  const { tags = [], attributes = [], createdFrom = null, createdBefore = null } = filter;
  const narrowing = [
    category,
    categoryTree,
    minimumPrice,
    maximumPrice,
    minimumRating,
    createdFrom,
    createdBefore,
  ];
  return (
    search !== null &&
    tags.length + attributes.length === 0 &&
    narrowing.every((one) => one === null)
  );
}

/** What documents are compared with. Null where it holds no word: nothing matches that. */
export function searchQuery(sql: Queryable, { search, words }: ListingFilter) {
  return words === 'as_they_stand'
    ? sql`catalog.search_query(${search}::text)`
    : sql`(select catalog.near_query(${search}::text))`;
}

/** Whatever is listed is not deleted. */
function visible(sql: Queryable, { audience, status = null }: ListingFilter) {
  return sql`
    ${audience === 'shoppers' ? sql`and listing.status = 'published'` : sql``}
    ${status === null ? sql`` : sql`and listing.status = ${status}`}
  `;
}

function described(sql: Queryable, filter: ListingFilter) {
  const { category, tags = [], attributes = [], createdFrom = null, createdBefore = null } = filter;
  return sql`
    ${category === null ? sql`` : sql`and listing.category_id = ${categoryNamed(sql, category)}`}
    ${tags.length === 0 ? sql`` : sql`and listing.tags && ${[...tags]}::text[]`}
    ${attributes.reduce((all, one) => sql`${all} and (${hasAttribute(sql, one)})`, sql``)}
    ${createdFrom === null ? sql`` : sql`and listing.created_at >= ${timestampOrNull(createdFrom)}`}
    ${createdBefore === null ? sql`` : sql`and listing.created_at < ${timestampOrNull(createdBefore)}`}
  `;
}

function priced(sql: Queryable, filter: ListingFilter) {
  const { minimumPrice, maximumPrice, minimumRating = null } = filter;
  return sql`
    ${minimumPrice === null ? sql`` : sql`and listing.amount >= ${minimumPrice}`}
    ${maximumPrice === null ? sql`` : sql`and listing.amount <= ${maximumPrice}`}
    ${inStockOrNot(sql, filter)}
    ${minimumRating === null ? sql`` : sql`and listing.rating >= ${minimumRating}`}
  `;
}

function inStockOrNot(sql: Queryable, { inStock }: ListingFilter) {
  if (inStock === null) return sql``;
  return inStock ? sql`and listing.in_stock` : sql`and not listing.in_stock`;
}

/** What a product stands in is not deleted. */
function categoryNamed(sql: Queryable, category: string) {
  return isUuid(category)
    ? sql`${category.toLowerCase()}`
    : sql`(select id from catalog.categories where slug = ${category} and deleted_at is null)`;
}

/** As the one element of a list: whose way down leads through it stands in its tree. */
function topOf(sql: Queryable, category: string) {
  return isUuid(category)
    ? sql`array[${category.toLowerCase()}::uuid]`
    : sql`array[(select id from catalog.categories where slug = ${category} and deleted_at is null)]`;
}

/** One condition a reading of each value: the index looks for one at a time. */
function hasAttribute(sql: Queryable, { name, values }: AttributeFilter) {
  const wanted = values
    .flatMap(readingsOf)
    .map((value) => sql.json({ [name.toLowerCase()]: [value] }));
  return wanted
    .slice(1)
    .reduce(
      (any, one) => sql`${any} or listing.attributes @> ${one}`,
      sql`listing.attributes @> ${wanted[0] ?? sql.json({})}`,
    );
}

const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/** As text, and as the number or the truth value that it reads as; of a defined attribute only one of them occurs. */
function readingsOf(value: string): readonly (string | number | boolean)[] {
  if (NUMBER.test(value)) return [value, Number(value)];
  return value === 'true' || value === 'false' ? [value, value === 'true'] : [value];
}
