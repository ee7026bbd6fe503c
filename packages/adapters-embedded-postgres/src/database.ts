import postgres from 'postgres';

import { SUPERUSER } from './cluster.ts';

/** The address of a database on a server of this machine. */
export function databaseUrl(port: number, databaseName: string): string {
  return `postgres://${SUPERUSER}@127.0.0.1:${port}/${databaseName}`;
}

/** Refuses names that would need quoting in SQL or in an address. */
export function requirePlainName(databaseName: string): void {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(databaseName)) return;
  throw new RangeError(`"${databaseName}" is not a plain database name (a-z, 0-9 and _).`);
}

/** Creates the database when the server does not have it. */
export async function ensureDatabase(port: number, databaseName: string): Promise<void> {
  const sql = postgres(databaseUrl(port, 'postgres'), { max: 1, ssl: false, connect_timeout: 10 });
  try {
    const found = await sql`select from pg_database where datname = ${databaseName}`;
    if (found.count === 0) await sql`create database ${sql(databaseName)}`;
  } finally {
    await sql.end();
  }
}
