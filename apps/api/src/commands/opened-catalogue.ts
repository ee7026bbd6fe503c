import { SystemClock, UuidV7Generator } from '@kastoma/adapters-in-process';
import {
  catalogUnitOfWork,
  importUnitOfWork,
  PostgresCategoryQueries,
  PostgresImportQueries,
  PostgresProductExport,
} from '@kastoma/adapters-postgres';
import { CreateCategory, ReceiveImport, WorkOffImport } from '@kastoma/application/catalog';

import { readEnvironment, type Environment } from '../config/environment.ts';
import { givenVariables } from '../config/given-variables.ts';
import { openDatabaseServer, openPool, prepareDatabase } from '../server/connections.ts';
import { describeFailure, logToStandardError } from '../server/log.ts';
import { StartRefused } from '../server/start-refused.ts';

export type OpenedCatalogue = Awaited<ReturnType<typeof open>>;

/** Runs a command on the shop's database, as the environment names it. Says in one line why it cannot. */
export async function onCatalogue(
  command: (catalogue: OpenedCatalogue) => Promise<void>,
): Promise<void> {
  const environment = readEnvironment(givenVariables());
  if (environment.isErr()) {
    for (const problem of environment.error) process.stderr.write(`${problem}\n`);
    process.exitCode = 1;
    return;
  }
  try {
    const catalogue = await open(environment.value);
    try {
      await command(catalogue);
    } finally {
      await catalogue.close();
    }
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof StartRefused) process.stderr.write(`${error.message}\n`);
    else logToStandardError('error', 'The command failed', describeFailure(error));
  }
}

async function open(environment: Environment) {
  const server = await openDatabaseServer(environment);
  const { thing: database, close } = openPool(server.url);
  await prepareDatabase(database, environment, undefined);
  const settings = { currency: environment.currency, country: environment.country };
  const clock = new SystemClock();
  const ids = new UuidV7Generator();
  const unitOfWork = importUnitOfWork(database, clock, ids, settings);
  const queries = new PostgresImportQueries(database);
  const catalogUnit = catalogUnitOfWork(database, clock, ids, settings);
  return {
    settings,
    unitOfWork,
    queries,
    receiveImport: new ReceiveImport({ unitOfWork, queries, ids, clock }),
    workOffImport: new WorkOffImport({ unitOfWork, queries, settings, ids, clock }),
    productExport: new PostgresProductExport(database, environment.currency),
    createCategory: new CreateCategory({ unitOfWork: catalogUnit, ids, clock }),
    categoryQueries: new PostgresCategoryQueries(database),
    close: async () => {
      await close();
      await server.close();
    },
  };
}
