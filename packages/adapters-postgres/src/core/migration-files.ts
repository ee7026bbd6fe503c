import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Migration = { readonly name: string; readonly sql: string; readonly sha256: string };

const COMMENTS = /--[^\n]*/g;
const CONCURRENT =
  /^\s*(?:create\s+(?:unique\s+)?index|drop\s+index|reindex\s+\w+)\s+concurrently\s+(?:if\s+(?:not\s+)?exists\s+)?(?<name>[\w.]+)/i;

/** All that stand in the folder, in the order of their names. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** The index of a migration that is one statement beside the running shop, which no transaction may hold; else null. */
export function concurrentIndexOf({ sql }: Migration): string | null {
  return CONCURRENT.exec(sql.replaceAll(COMMENTS, ''))?.groups?.['name'] ?? null;
}

/** Whether it takes away what the version before still uses: `0050_contract_….sql`. */
export function isContraction(name: string): boolean {
  return /^\d+_contract_/.test(name);
}
