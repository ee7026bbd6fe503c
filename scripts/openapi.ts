import { readFile, writeFile } from 'node:fs/promises';

import { describeApi, errorCodes } from '@kastoma/adapters-http';

import { withRouteMatrix, type DescribedApi } from './route-matrix.ts';

// Writes the reference of the API; with --check it only says whether the committed one is true.

const api = describeApi();

const documents: Readonly<Record<string, string>> = {
  'docs/openapi.json': `${JSON.stringify(api, null, 2)}\n`,
  'docs/errors.md': errorPage(),
  'docs/security.md': withRouteMatrix(
    await readFile('docs/security.md', 'utf8'),
    api as DescribedApi,
  ),
};

for (const [file, current] of Object.entries(documents)) {
  if (!process.argv.includes('--check')) await writeFile(file, current);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== current) {
    console.error(`${file} does not say what the routes do: run \`npm run openapi\`, commit it.`);
    process.exitCode = 1;
  }
}

function errorPage(): string {
  const rows = Object.entries(errorCodes()).map(([code, status]) => `| \`${code}\` | ${status} |`);
  const intro =
    'Made from the routes by `npm run openapi`. Codes are stable; the wording that comes with them is for people.';
  return ['# Error codes', '', intro, '', '| Code | Status |', '| --- | --- |', ...rows, ''].join(
    '\n',
  );
}
