import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmbeddedPostgres } from '@kastoma/adapters-embedded-postgres';
import { openDatabase } from '@kastoma/adapters-postgres';

import type { DrillPlace } from './drilled-shop.ts';

/** A PostgreSQL and a folder for one drill: the server of DATABASE_URL, whose database is taken to be empty, or one of its own. */
export async function openDrillPlace(): Promise<
  DrillPlace & { readonly close: () => Promise<void> }
> {
  const folder = await mkdtemp(join(tmpdir(), 'kastoma-drill-'));
  const given = process.env['DATABASE_URL'];
  const server =
    given === undefined
      ? await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), settings: SETTINGS })
      : null;
  const databaseUrl = server?.url ?? given ?? '';
  const database = openDatabase({
    url: databaseUrl,
    poolSize: 8,
    applicationName: 'kastoma-drill',
  });
  return {
    databaseUrl,
    database,
    dataFolder: join(folder, 'data'),
    close: async () => {
      await database.end({ timeout: 5 });
      await server?.stop();
      await rm(folder, { recursive: true, maxRetries: 10 });
    },
  };
}

/** Processes of the shop are killed here, and the server never is. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', max_connections: '300' };
