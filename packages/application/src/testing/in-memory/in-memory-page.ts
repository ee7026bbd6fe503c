import type { Page, PageRequest } from '../../core/page.ts';

export function pageOf<Item>(all: readonly Item[], { page, pageSize }: PageRequest): Page<Item> {
  const start = (page - 1) * pageSize;
  return { items: all.slice(start, start + pageSize), count: all.length, countIsExact: true };
}

/** Orders by the first key that differs. */
export function byKeys<Item>(
  ...keys: readonly ((item: Item) => string | number | bigint)[]
): (a: Item, b: Item) => number {
  return (a, b) => {
    for (const key of keys) {
      if (key(a) < key(b)) return -1;
      if (key(a) > key(b)) return 1;
    }
    return 0;
  };
}

/** The other way round. */
export function descending<Item>(order: (a: Item, b: Item) => number) {
  return (a: Item, b: Item): number => order(b, a);
}
