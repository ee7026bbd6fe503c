import type { Clock, IdGenerator } from '@kastoma/application/core';
import type { InventoryTx } from '@kastoma/application/inventory';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresLocations } from './locations.postgres-repository.ts';
import { PostgresStockLedger } from './stock.postgres-ledger.ts';

export function inventoryUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
): PostgresUnitOfWork<InventoryTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => {
    const outbox = new Outbox(sql, context, ids);
    return {
      ledger: new PostgresStockLedger(sql, outbox, ids),
      locations: new PostgresLocations(sql, outbox),
    };
  });
}
