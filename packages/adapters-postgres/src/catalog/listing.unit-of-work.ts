import type { ListingUnitOfWork } from '@kastoma/application/catalog';
import type { Clock } from '@kastoma/application/core';

import type { Database } from '../core/database.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresListing } from './listing.read-view.ts';

/** For those who have nothing to do with the rest of the catalogue. */
export function listingUnitOfWork(database: Database, clock: Clock): ListingUnitOfWork {
  return new PostgresUnitOfWork(database, clock, ({ sql }) => ({
    listing: new PostgresListing(sql),
  }));
}
