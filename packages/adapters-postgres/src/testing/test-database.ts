import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';

import { openDatabase, type Database } from '../core/database.ts';

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

/** Makes a database with a name of its own on the server: a copy of the one that was brought up to date for this run. */
export async function createTestDatabase(
  serverUrl: string,
  { poolSize = 20, migrated = true }: Options = {},
): Promise<TestDatabase> {
  const { url, drop: dropDatabase } = await createDatabase(
    serverUrl,
    migrated ? inject('postgresTemplate') : 'template0',
  );
  const database = openDatabase({ url, poolSize, applicationName: 'kastoma-test' });
  const drop = async () => {
    await database.end({ timeout: 5 });
    await dropDatabase();
  };
  return { url, database, drop };
}

/** Copies a database to which nobody is connected. */
export async function createDatabase(serverUrl: string, template: string) {
  const name = `kastoma_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(
    serverUrl,
    (server) => server`create database ${server(name)} template ${server(template)}`,
  );
  const drop = () =>
    onServer(serverUrl, (server) => server`drop database ${server(name)} with (force)`);
  return { name, url: urlOf(serverUrl, name), drop };
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
