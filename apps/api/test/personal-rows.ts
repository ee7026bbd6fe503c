import type { Database } from '@kastoma/adapters-postgres';

/** A row of any table, by its primary key. */
export type FoundRow = { readonly table: string; readonly key: string; readonly text: string };

type Reference = { readonly child: string; readonly column: string; readonly parent: string };

/** Every row of the database that says one of these texts, wherever it stands. */
export async function rowsThatSay(
  database: Database,
  texts: readonly string[],
): Promise<readonly FoundRow[]> {
  const patterns = texts.map((text) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  const found = await Promise.all(
    (await tablesOf(database)).map((table) =>
      database.unsafe<FoundRow[]>(
        `select '${table.name}' as table, row.${table.key}::text as key, row::text as text
         from ${table.name} row where row::text ilike any($1::text[])`,
        [patterns],
      ),
    ),
  );
  return found.flat();
}

/** The rows and all that hang on them: the items of an order that says who placed it. */
export async function withDependents(
  database: Database,
  rows: readonly FoundRow[],
): Promise<readonly FoundRow[]> {
  const known = new Map(rows.map((row) => [`${row.table} ${row.key}`, row]));
  const tables = new Map((await tablesOf(database)).map(({ name, key }) => [name, key]));
  const references = await referencesOf(database);
  let fresh: readonly FoundRow[] = rows;
  while (fresh.length > 0) {
    const next = await dependentsOf(database, fresh, references, tables);
    fresh = next.filter((row) => !known.has(`${row.table} ${row.key}`));
    for (const row of fresh) known.set(`${row.table} ${row.key}`, row);
  }
  return [...known.values()];
}

async function dependentsOf(
  database: Database,
  rows: readonly FoundRow[],
  references: readonly Reference[],
  keyColumns: ReadonlyMap<string, string>,
): Promise<readonly FoundRow[]> {
  const found = await Promise.all(
    references.map(({ child, column, parent }) => {
      const keys = rows.filter(({ table }) => table === parent).map(({ key }) => key);
      return database.unsafe<FoundRow[]>(
        `select '${child}' as table, row.${keyColumns.get(child)}::text as key, row::text as text
         from ${child} row where row.${column}::text = any($1::text[])`,
        [keys],
      );
    }),
  );
  return found.flat();
}

/** With the first column of the primary key. */
async function tablesOf(database: Database) {
  return database<{ name: string; key: string }[]>`
    select format('%I.%I', namespace.nspname, class.relname) as name, attribute.attname as key
    from pg_class class
    join pg_namespace namespace on namespace.oid = class.relnamespace
    join pg_index on pg_index.indrelid = class.oid and pg_index.indisprimary
    join pg_attribute attribute
      on attribute.attrelid = class.oid and attribute.attnum = pg_index.indkey[0]
    where namespace.nspname not in ('pg_catalog', 'information_schema') and class.relkind = 'r'
    order by 1
  `;
}

async function referencesOf(database: Database): Promise<readonly Reference[]> {
  return database<Reference[]>`
    select
      format('%I.%I', child_space.nspname, child.relname) as child,
      attribute.attname as column,
      format('%I.%I', parent_space.nspname, parent.relname) as parent
    from pg_constraint
    join pg_class child on child.oid = pg_constraint.conrelid
    join pg_namespace child_space on child_space.oid = child.relnamespace
    join pg_class parent on parent.oid = pg_constraint.confrelid
    join pg_namespace parent_space on parent_space.oid = parent.relnamespace
    join pg_attribute attribute
      on attribute.attrelid = child.oid and attribute.attnum = pg_constraint.conkey[1]
    where pg_constraint.contype = 'f' and cardinality(pg_constraint.conkey) = 1
  `;
}
