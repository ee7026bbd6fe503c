import { randomUUID } from 'node:crypto';

import { openDatabase, type Database } from '../core/database.ts';
import { migrate } from '../core/migrations.ts';

/** A database that one suite has for itself. */
export type TestDatabase = {
  readonly url: string;
  /** A pool on it. */
  readonly database: Database;
  /** Closes the pool and removes the database, whoever is still connected to it. */
  readonly drop: () => Promise<void>;
};

type Options = {
  readonly poolSize?: number;
  /** Leaves it empty: for tests of the migrations themselves. */
  readonly migrated?: boolean;
};

/** Makes a database with a name of its own on the server, and brings it up to date. */
export async function createTestDatabase(
  serverUrl: string,
  { poolSize = 20, migrated = true }: Options = {},
): Promise<TestDatabase> {
  const name = `kastoma_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, (server) => server`create database ${server(name)} template template0`);
  const url = urlOf(serverUrl, name);
  const database = openDatabase({ url, poolSize, applicationName: 'kastoma-test' });
  const drop = async () => {
    await database.end({ timeout: 5 });
    await onServer(serverUrl, (server) => server`drop database ${server(name)} with (force)`);
  };
  try {
    if (migrated) await migrate(database);
  } catch (error) {
    await drop();
    throw error;
  }
  return { url, database, drop };
}

async function onServer(
  url: string,
  work: (server: Database) => PromiseLike<unknown>,
): Promise<void> {
  const server = openDatabase({ url, poolSize: 1, applicationName: 'kastoma-test' });
  try {
    await work(server);
  } finally {
    await server.end({ timeout: 5 });
  }
}

function urlOf(serverUrl: string, databaseName: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${databaseName}`;
  return url.href;
}
