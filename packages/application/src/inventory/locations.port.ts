import type { ResultAsync } from 'neverthrow';

import type { Location, LocationCodeTaken, LocationNotFound } from '@kastoma/domain/inventory';

import type { Page, PageRequest } from '../core/page.ts';

/** The places where units are kept. */
export interface Locations {
  add(location: Location): ResultAsync<void, LocationCodeTaken>;
  /** Left out, the default one. */
  find(code: string | null): ResultAsync<Location, LocationNotFound>;
  /** By code, the default one first. */
  list(page: PageRequest): Promise<Page<Location>>;
}
