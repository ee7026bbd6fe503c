import type postgres from 'postgres';

import type {
  Facet,
  ListingExtras,
  ProductFeed,
  ProductFilter,
  ProductPage,
  ProductPlace,
} from '@kastoma/application/catalog';
import {
  feedOf,
  type FeedRequest,
  type PageRequest,
  type StoreSettings,
} from '@kastoma/application/core';

import type { Queryable } from '../core/database.ts';
import { EXACT_COUNTS_UP_TO, pageOf } from '../core/paging.ts';
import { facetColumn, toFacets, type FacetRow } from './product-facets.ts';
import { columnsOf, toListing, type ListedRow } from './product-list-rows.ts';
import { branchOf, matchingListings, searchQuery, type ListingFilter } from './product-matching.ts';
import { behind, orderOf, placeOf } from './product-ordering.ts';

type Fragment = postgres.Fragment;

type Part = {
  readonly after: ProductPlace | null;
  readonly limit: number;
  readonly offset: number;
};
type Found = {
  readonly rows: readonly ListedRow[];
  readonly counted: number;
  readonly facets: readonly Facet[];
  readonly step: number;
};

const STEPS = ['as_they_stand', 'nearest'] as const;

/** The list of products, read from its projection: one statement, and one more for a branch of the tree, or where a search finds nothing as it stands. */
export class PostgresProductList {
  readonly #sql: Queryable;
  readonly #settings: StoreSettings;

  constructor(sql: Queryable, settings: StoreSettings) {
    this.#sql = sql;
    this.#settings = settings;
  }

  async list(
    filter: ProductFilter,
    { page, pageSize }: PageRequest,
    extras: ListingExtras,
  ): Promise<ProductPage> {
    const asked = await this.#complete(filter);
    const part = { after: null, limit: pageSize, offset: (page - 1) * pageSize };
    const { rows, counted, facets } = await this.#find(asked, part, extras);
    return {
      ...pageOf(
        rows.map((row) => toListing(row, asked, this.#settings.mediaUrl)),
        counted,
      ),
      facets,
    };
  }

  async feed(
    filter: ProductFilter,
    { after, pageSize }: FeedRequest<ProductPlace>,
    extras: ListingExtras,
  ): Promise<ProductFeed> {
    const asked = await this.#complete(filter);
    const part = { after, limit: pageSize + 1, offset: 0 };
    const { rows, step, facets } = await this.#find(asked, part, extras);
    const { items, next } = feedOf(rows, pageSize, (row) => placeOf(asked.ordering, step, row));
    return {
      items: items.map((row) => toListing(row, asked, this.#settings.mediaUrl)),
      next,
      facets,
    };
  }

  async #complete(filter: ProductFilter): Promise<ListingFilter> {
    const { currency = this.#settings.currency, search, ordering } = filter;
    const isRanked = search !== null || ordering !== 'relevance';
    const branch = await branchOf(this.#sql, filter);
    return {
      ...filter,
      ...(branch === null ? {} : { branch }),
      currency,
      ordering: isRanked ? ordering : '-created_at',
      words: 'as_they_stand',
    };
  }

  /** Whoever reads on stays with what the words were taken for. */
  async #find(filter: ListingFilter, part: Part, extras: ListingExtras): Promise<Found> {
    const [step = 0] = part.after?.keys ?? [];
    const found = await this.#read(filter, step, part, extras);
    const isOver = filter.search === null || found.counted > 0 || part.after !== null;
    return isOver ? found : this.#read(filter, 1, part, extras);
  }

  async #read(
    asked: ListingFilter,
    step: number,
    { after, limit, offset }: Part,
    { facets = [], highlights = false }: ListingExtras,
  ): Promise<Found> {
    const sql = this.#sql;
    const filter = { ...asked, words: STEPS[step] ?? 'nearest' };
    const isRanked = filter.ordering === 'relevance';
    const matching = matchingListings(sql, filter);
    const [read] = await sql<
      { counted: number; rows: readonly ListedRow[]; facets: readonly FacetRow[] }[]
    >`
      ${isRanked ? sql`with found as materialized (${ranked(sql, filter)})` : sql``}
      select
        (
          select count(*)::integer
          from (${isRanked ? sql`select from found` : sql`select from ${matching} limit ${EXACT_COUNTS_UP_TO + 1}`}) counted
        ) as counted,
        array(
          select ${columnsOf(sql, filter, highlights)}
          from (
            select listing.*, ${isRanked ? sql`found.rank` : sql`0`} as rank
            from ${isRanked ? rankedListings(sql, filter) : matching}
            ${after === null ? sql`` : sql`and ${behind(sql, after)}`}
            order by ${orderOf(sql, filter.ordering)}
            limit ${limit}
            offset ${offset}
          ) listing
          left join catalog.categories category on category.id = listing.category_id
        ) as rows,
        ${facetColumn(sql, filter, facets)} as facets
    `;
    const { rows = [], counted = 0 } = read ?? {};
    return { rows, counted, facets: toFacets(facets, read?.facets ?? [], filter.currency), step };
  }
}

/** Of a search that finds more, as many are ranked as are counted. Whole millionths can be compared with what a client sends back. */
function ranked(sql: Queryable, filter: ListingFilter): Fragment {
  return sql`
    select
      listing.product_id,
      (ts_rank_cd('{0.01, 0.1, 0.4, 1}', searched.document, ${searchQuery(sql, filter)}) * 1000000)::integer as rank
    from ${matchingListings(sql, filter)}
    limit ${EXACT_COUNTS_UP_TO + 1}
  `;
}

function rankedListings(sql: Queryable, { currency }: ListingFilter): Fragment {
  return sql`
    found
    join catalog.listing listing on listing.product_id = found.product_id and listing.currency = ${currency}
    where true
  `;
}
