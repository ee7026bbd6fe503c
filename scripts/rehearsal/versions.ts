import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BUNDLE = resolve(import.meta.dirname, '../bundle.ts');
const MIGRATIONS = 'packages/adapters-postgres/migrations';
const ADDED = 'alter table catalog.products add column rehearsed boolean not null default false;\n';
const PREFIX = '"/api/v1"';

/** Three versions of the shop: as it stands, a next one that adds a column, and one after that which serves nothing. */
export function makeVersions(folder: string): Readonly<Record<'old' | 'new' | 'broken', string>> {
  const versions = {
    old: join(folder, 'old'),
    new: join(folder, 'new'),
    broken: join(folder, 'broken'),
  };
  execFileSync(process.execPath, [BUNDLE, versions.old]);
  cpSync(versions.old, versions.new, { recursive: true });
  writeFileSync(join(versions.new, MIGRATIONS, '9001_rehearsed.sql'), ADDED);
  cpSync(versions.new, versions.broken, { recursive: true });
  const another = ADDED.replace('rehearsed', 'rehearsed_again');
  writeFileSync(join(versions.broken, MIGRATIONS, '9002_rehearsed_again.sql'), another);
  const file = join(versions.broken, 'kastoma.mjs');
  const code = readFileSync(file, 'utf8');
  if (!code.includes(PREFIX)) throw new Error(`The bundle has no ${PREFIX} to break.`);
  writeFileSync(file, code.replaceAll(PREFIX, '"/api/v0"'));
  return versions;
}
