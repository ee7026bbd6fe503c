import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { sizesTable, withSizes } from './domain-package/sizes-table.ts';
import { measureSizes } from './domain-package/sizes.ts';
import { unpackDomain } from './domain-package/unpack.ts';

// Bytes of @kastoma/domain, entry by entry, minified and gzipped: a table, JSON with `--json`;
// `--write` puts the table into the package's README.

const readme = resolve(import.meta.dirname, '../packages/domain/README.md');
const folder = mkdtempSync(join(tmpdir(), 'kastoma-size-'));
try {
  unpackDomain(folder);
  const sizes = measureSizes(folder);
  console.log(process.argv.includes('--json') ? JSON.stringify(sizes, null, 2) : sizesTable(sizes));
  if (process.argv.includes('--write'))
    writeFileSync(readme, withSizes(readFileSync(readme, 'utf8'), sizes));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
