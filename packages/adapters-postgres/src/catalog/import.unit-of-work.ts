import type { ImportTx } from '@kastoma/application/catalog';
import type { Clock, IdGenerator, StoreSettings } from '@kastoma/application/core';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresBulkShelf } from './bulk-shelf.postgres.ts';
import { PostgresImportJobs } from './imports.postgres-jobs.ts';

export function importUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
  settings: StoreSettings,
): PostgresUnitOfWork<ImportTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => {
    const outbox = new Outbox(sql, context, ids);
    return {
      imports: new PostgresImportJobs(sql, outbox),
      shelf: new PostgresBulkShelf(sql, outbox, ids, settings.currency),
    };
  });
}
