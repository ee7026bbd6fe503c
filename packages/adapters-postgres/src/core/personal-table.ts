import type postgres from 'postgres';

import type { ErasureRules } from '@kastoma/application/identity';
import type { Json, UserId } from '@kastoma/domain/core';

import type { Queryable } from './database.ts';

/** A table that holds something of people: which of its rows are somebody's, and what becomes of them. */
export type PersonalTable = {
  /** With its schema. */
  readonly table: string;
  /** What people know the rows as. */
  readonly records: string;
  /** The condition under which a row is the person's. */
  readonly isOf: (sql: Queryable, userId: UserId) => postgres.Fragment;
  /** Hashes of secrets: they are not shown. */
  readonly withheld?: readonly string[];
  /** Left out where nothing in a row tells who it was but the id of an account that is nobody's any more. */
  readonly forget?: (sql: Queryable, userId: UserId, rules: ErasureRules) => Promise<unknown>;
};

/** OID of `date`, which the driver would read as a time. */
const DATE = 1082;

/** The rows of one person as JSON: times are RFC 3339, and large numbers are decimal text. */
export async function collectRows(
  sql: Queryable,
  { table, isOf, withheld = [] }: PersonalTable,
  userId: UserId,
): Promise<readonly Json[]> {
  const rows = await sql<Record<string, unknown>[]>`
    select * from ${sql(table)} where ${isOf(sql, userId)}
  `;
  const columns = rows.columns.filter(({ name }) => !withheld.includes(name));
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, type }) => [name, toJson(row[name], { isDay: type === DATE })]),
    ),
  );
}

function toJson(value: unknown, { isDay }: { readonly isDay: boolean }): Json {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString().slice(0, isDay ? 10 : undefined);
  return value as Json;
}
