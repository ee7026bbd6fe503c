import type { Page, PageRequest } from '@kastoma/application/core';

import type { Pagination } from './answers.ts';

/** The page's neighbours as whole links; the request's other parameters stay. */
export function paginate(requestUrl: string, page: Page<unknown>): Pagination {
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
