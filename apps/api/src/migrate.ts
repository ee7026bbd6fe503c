import { migrate, MigrationRefused, openDatabase } from '@kastoma/adapters-postgres';

import { describeFailure, logToStandardError } from './server/log.ts';

// Brings the database up to date and ends: the first step of a deployment, before any process of the new version runs.

const url = process.env['DATABASE_URL'] ?? '';
if (!URL.canParse(url)) {
  process.stderr.write('DATABASE_URL names the database that is brought up to date.\n');
  process.exitCode = 2;
} else {
  const database = openDatabase({ url, poolSize: 1, applicationName: 'kastoma-migrate' });
  try {
    const applied = await migrate(database);
    for (const name of applied) process.stdout.write(`${name}\n`);
    process.stdout.write(`${applied.length} migrations were applied.\n`);
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof MigrationRefused) process.stderr.write(`${error.message}\n`);
    else logToStandardError('error', 'The database was not migrated', describeFailure(error));
  } finally {
    await database.end();
  }
}
