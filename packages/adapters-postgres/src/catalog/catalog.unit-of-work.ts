import { InventoryStockOpening, type CatalogTx } from '@kastoma/application/catalog';
import type { Clock, IdGenerator, StoreSettings } from '@kastoma/application/core';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresStockLedger } from '../inventory/stock.postgres-ledger.ts';
import { PostgresCategoryQueries } from './categories.postgres-queries.ts';
import { PostgresCategoryRepository } from './categories.postgres-repository.ts';
import { PostgresProductRepository } from './products.postgres-repository.ts';
import { PostgresProductQueries } from './products.read-view.ts';

export function catalogUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
  settings: StoreSettings,
): PostgresUnitOfWork<CatalogTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => {
    const outbox = new Outbox(sql, context, ids);
    return {
      products: new PostgresProductRepository(sql, outbox),
      categories: new PostgresCategoryRepository(sql, outbox),
      stock: new InventoryStockOpening(new PostgresStockLedger(sql, ids), context, clock),
      productQueries: new PostgresProductQueries(sql, settings),
      categoryQueries: new PostgresCategoryQueries(sql),
    };
  });
}
