import type { Queryable } from '../core/database.ts';

/** Something that always holds: its SQL selects, as texts, `subject`, `expected` and `found` of whatever is off. */
export type Invariant = {
  readonly name: string;
  readonly off: (sql: Queryable) => ReturnType<Queryable>;
};

/** As many columns as there are sides to compare; each pair is named, since one subject may be off in several. */
export function invariant(name: string, off: (sql: Queryable) => ReturnType<Queryable>): Invariant {
  return { name, off };
}
