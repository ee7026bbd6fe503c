import type postgres from 'postgres';

import type { Page } from '@kastoma/application/core';

import type { Queryable } from './database.ts';

/** Beyond it a count costs more than it tells. */
export const EXACT_COUNTS_UP_TO = 10_000;

/** Counts the rows of a `from …` clause, but not past what a page shows exactly. */
export async function countUpTo(sql: Queryable, fromClause: postgres.Fragment): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (select ${fromClause} limit ${EXACT_COUNTS_UP_TO + 1}) counted
  `;
  return row?.count ?? 0;
}

export function pageOf<Item>(items: readonly Item[], counted: number): Page<Item> {
  return {
    items,
    count: Math.min(counted, EXACT_COUNTS_UP_TO),
    countIsExact: counted <= EXACT_COUNTS_UP_TO,
  };
}
