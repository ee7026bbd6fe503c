import type { Facet } from '@kastoma/application/catalog';
import type { Feed, Page, PageRequest } from '@kastoma/application/core';

import type { Pagination } from './answers.ts';
import { writeCursor } from './cursors.ts';

type WithFacets = { readonly facets?: readonly Facet[] };

/** The page's neighbours as whole links; the request's other parameters stay. */
export function paginate(requestUrl: string, page: Page<unknown> & WithFacets): Pagination {
  const url = new URL(requestUrl);
  const number = Number(url.searchParams.get('page') ?? '1');
  const pageSize = Number(url.searchParams.get('page_size') ?? '20');
  const hasNext = page.countIsExact
    ? number * pageSize < page.count
    : page.items.length === pageSize;
  return {
    count: page.count,
    count_is_exact: page.countIsExact,
    next: hasNext ? linkTo(url, number + 1) : null,
    previous: number > 1 ? linkTo(url, Math.min(number - 1, lastPage(page, pageSize))) : null,
    page_size: pageSize,
    ...presentFacets(page),
  };
}

/** What comes after a part of a feed, as a whole link; the request's other parameters stay. */
export function paginateFeed(requestUrl: string, feed: Feed<unknown> & WithFacets): Pagination {
  const { next } = feed;
  const url = new URL(requestUrl);
  const pageSize = Number(url.searchParams.get('page_size') ?? '20');
  if (next !== null) url.searchParams.set('cursor', writeCursor(next));
  return {
    count: null,
    count_is_exact: false,
    next: next === null ? null : url.href,
    previous: null,
    page_size: pageSize,
    ...presentFacets(feed),
  };
}

function presentFacets({ facets = [] }: WithFacets): Pick<Pagination, 'facets'> {
  if (facets.length === 0) return {};
  return {
    facets: facets.map(({ name, values, countIsExact }) => ({
      name,
      count_is_exact: countIsExact,
      values,
    })),
  };
}

/** Whoever is far beyond the end is led back to it. */
function lastPage({ count, countIsExact }: Page<unknown>, pageSize: number): number {
  return countIsExact ? Math.max(1, Math.ceil(count / pageSize)) : Infinity;
}

function linkTo(url: URL, page: number): string {
  const link = new URL(url);
  link.searchParams.set('page', String(page));
  return link.href;
}

/** What the query of a list asks for. */
export function toPageRequest(query: { page: number; page_size: number }): PageRequest {
  return { page: query.page, pageSize: query.page_size };
}

/** A page of a list that is short enough to be there as a whole. */
export function pageWithin<Item>(
  items: readonly Item[],
  query: { page: number; page_size: number },
): Page<Item> {
  const start = (query.page - 1) * query.page_size;
  return {
    items: items.slice(start, start + query.page_size),
    count: items.length,
    countIsExact: true,
  };
}
