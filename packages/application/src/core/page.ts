/** Which part of a list: pages count from 1. */
export type PageRequest = { readonly page: number; readonly pageSize: number };

export type Page<Item> = {
  readonly items: readonly Item[];
  /** How many there are in all; a lower bound when it is not exact. */
  readonly count: number;
  readonly countIsExact: boolean;
};
