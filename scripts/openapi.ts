import { readFile, writeFile } from 'node:fs/promises';

import { describeApi } from '@kastoma/adapters-http';

// Writes the reference of the API; with --check it only says whether the committed one is true.

const FILE = 'docs/openapi.json';

const current = `${JSON.stringify(describeApi(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const committed = await readFile(FILE, 'utf8').catch(() => '');
  if (committed !== current) {
    console.error(
      `${FILE} does not say what the routes do: run \`npm run openapi\` and commit it.`,
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(FILE, current);
}
