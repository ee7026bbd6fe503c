import type { Database } from '@kastoma/adapters-postgres';

/** A fingerprint of every row in every table: what was refused leaves it as it was. */
export async function readFingerprint(
  database: Database,
): Promise<Readonly<Record<string, string>>> {
  const tables = await database<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name
    from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')
    order by 1
  `;
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as print from ${name} t`,
  );
  const rows = await database.unsafe<{ name: string; print: string }[]>(parts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}
