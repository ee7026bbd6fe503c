/** Which part of a list: pages count from 1. */
export type PageRequest = { readonly page: number; readonly pageSize: number };

export type Page<Item> = {
  readonly items: readonly Item[];
  /** How many there are in all; a lower bound when it is not exact. */
  readonly count: number;
  readonly countIsExact: boolean;
};

/**
 * A place in a feed: behind the item with these sort keys, the last of which is unique, in
 * this ordering. What is added or removed meanwhile moves nobody's place.
 */
export type Cursor<
  Ordering extends string = string,
  Keys extends readonly (string | number | null)[] = readonly (string | number | null)[],
> = { readonly ordering: Ordering; readonly keys: Keys };

/** From the beginning where there is no place yet. */
export type FeedRequest<Place extends Cursor = Cursor> = {
  readonly after: Place | null;
  readonly pageSize: number;
};

/** A list that is read on from where one was, and that nobody counts. */
export type Feed<Item, Place extends Cursor = Cursor> = {
  readonly items: readonly Item[];
  /** Null at the end. */
  readonly next: Place | null;
};

/** A part of a feed, of items of which one more was looked for than is shown. */
export function feedOf<Item, Place extends Cursor>(
  found: readonly Item[],
  pageSize: number,
  placeOf: (item: Item) => Place,
): Feed<Item, Place> {
  const items = found.slice(0, pageSize);
  const last = items.at(-1);
  return { items, next: found.length > pageSize && last !== undefined ? placeOf(last) : null };
}
