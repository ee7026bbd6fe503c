import type { Database } from '../core/database.ts';

/** For the types of arrays, once on each new connection. */
const ASKED_BY_THE_DRIVER = 'select b.oid, b.typarray from pg_catalog.pg_type';

type Debug = (connection: number, statement: string) => void;

/** What somebody's work on the database came to. */
export type CountedWork<Value> = {
  readonly value: Value;
  /** Each statement that was sent, `begin` and `commit` among them: as many round trips. */
  readonly statements: readonly string[];
};

/** Does the work and notes what was sent to the database meanwhile, over this pool. One piece of work at a time. */
export async function countStatements<Value>(
  { options }: Database,
  work: () => Promise<Value>,
): Promise<CountedWork<Value>> {
  const statements: string[] = [];
  const watched = options as unknown as { debug: Debug | false };
  const before = watched.debug;
  watched.debug = (_connection, statement) => {
    const told = statement.replaceAll(/\s+/g, ' ').trim();
    if (!told.startsWith(ASKED_BY_THE_DRIVER)) statements.push(told);
  };
  try {
    return { value: await work(), statements };
  } finally {
    watched.debug = before;
  }
}
