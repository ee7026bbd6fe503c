import type { TestProject } from 'vitest/node';

import { openDatabase } from '../core/database.ts';
import { migrate } from '../core/migrations.ts';
import { createDatabase } from './test-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database that is up to date and holds nothing: suites copy it. */
    postgresTemplate: string;
  }
}

/** Migrates once for the whole run: a copy costs a tenth of that. Set up after the server. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { postgresUrl } = project.getProvidedContext();
  const { name, url, drop } = await createDatabase(postgresUrl, 'template0');
  const database = openDatabase({ url, poolSize: 1, applicationName: 'kastoma-test' });
  try {
    await migrate(database);
  } catch (error) {
    await database.end({ timeout: 5 });
    await drop();
    throw error;
  }
  await database.end({ timeout: 5 });
  project.provide('postgresTemplate', name);
  return drop;
}
