import type { Category } from '@kastoma/domain/catalog';

import type { Memory } from './in-memory-store.ts';

/** Those that were not deleted. */
export function categoriesIn({ tables }: Memory): readonly Category[] {
  return [...tables.categories.values()].filter(({ state }) => state.deletedAt === null);
}

/** A category and those above it, from the root down; empty when there is no such category. */
export function lineOf({ tables }: Memory, id: string): readonly Category[] {
  const line: Category[] = [];
  for (
    let next = tables.categories.get(id);
    next !== undefined && next.state.deletedAt === null && !line.includes(next);
    next = tables.categories.get(next.state.parentId ?? '')
  )
    line.unshift(next);
  return line;
}
