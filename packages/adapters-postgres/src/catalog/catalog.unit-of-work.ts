import { InventoryStockOpening, type CatalogTx } from '@kastoma/application/catalog';
import type { Clock, IdGenerator, StoreSettings } from '@kastoma/application/core';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresStockLedger } from '../inventory/stock.postgres-ledger.ts';
import { PostgresCategoryQueries } from './categories.postgres-queries.ts';
import { PostgresCategoryRepository } from './categories.postgres-repository.ts';
import { PostgresListing } from './listing.read-view.ts';
import { PostgresMediaUploads } from './media-uploads.postgres-ledger.ts';
import { PostgresProductRepository } from './products.postgres-repository.ts';
import { PostgresProductQueries } from './products.read-view.ts';
import { PostgresPurchases } from './purchases.read-view.ts';
import { PostgresReviewRepository } from './reviews.postgres-repository.ts';
import { PostgresReviewQueries } from './reviews.read-view.ts';
import { PostgresWishlistRepository } from './wishlists.postgres-repository.ts';
import { PostgresWishlistQueries } from './wishlists.read-view.ts';

export function catalogUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
  settings: StoreSettings,
): PostgresUnitOfWork<CatalogTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => {
    const outbox = new Outbox(sql, context, ids);
    const listing = new PostgresListing(sql);
    return {
      products: new PostgresProductRepository(sql, outbox, settings.currency),
      categories: new PostgresCategoryRepository(sql, outbox),
      stock: new InventoryStockOpening(
        new PostgresStockLedger(sql, outbox, ids),
        listing,
        context,
        clock,
      ),
      listing,
      uploads: new PostgresMediaUploads(sql),
      reviews: new PostgresReviewRepository(sql, outbox),
      purchases: new PostgresPurchases(sql),
      wishlists: new PostgresWishlistRepository(sql),
      productQueries: new PostgresProductQueries(sql, settings),
      categoryQueries: new PostgresCategoryQueries(sql),
      reviewQueries: new PostgresReviewQueries(sql),
      wishlistQueries: new PostgresWishlistQueries(sql, settings),
    };
  });
}
