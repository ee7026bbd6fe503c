import type { Container } from 'inversify';

import {
  importUnitOfWork,
  PostgresImportQueries,
  PostgresProductExport,
} from '@kastoma/adapters-postgres';
import { ReceiveImport, WorkOffImport } from '@kastoma/application/catalog';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Files of products, in and out. */
export function bindImports(container: Container): void {
  const { database, settings, ids, clock, importUnitOfWork: unitOfWork } = T;
  const queries = T.importQueries;
  bind(container, unitOfWork, { database, clock, ids, settings }, (given) =>
    importUnitOfWork(given.database, given.clock, given.ids, given.settings),
  );
  bind(container, queries, { database }, (given) => new PostgresImportQueries(given.database));
  bind(
    container,
    T.receiveImport,
    { unitOfWork, queries, ids, clock },
    (given) => new ReceiveImport(given),
  );
  bind(
    container,
    T.workOffImport,
    { unitOfWork, queries, settings, ids, clock },
    (given) => new WorkOffImport(given),
  );
  bind(
    container,
    T.productExport,
    { database, settings },
    (given) => new PostgresProductExport(given.database, given.settings.currency),
  );
}
