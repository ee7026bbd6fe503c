import postgres from 'postgres';

import type { Database, Queryable } from './database.ts';

const UNIQUE_VIOLATION = '23505';

/** Repositories work inside a transaction, which can go back to a point within it. */
type Nestable = Parameters<Parameters<Database['begin']>[1]>[0];

/**
 * Writes what somebody else may have taken a moment ago. Gives the name of the unique index that stood in the
 * way, after which the transaction goes on as if nothing had been tried; null when all was written.
 */
export async function indexInTheWay(
  sql: Queryable,
  write: (sql: Queryable) => Promise<void>,
): Promise<string | null> {
  try {
    await (sql as Nestable).savepoint(async (nested) => write(nested));
    return null;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === UNIQUE_VIOLATION)
      return error.constraint_name ?? '';
    throw error;
  }
}
