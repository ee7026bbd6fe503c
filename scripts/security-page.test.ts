import { readFile } from 'node:fs/promises';

import { expect, it } from 'vitest';

const ROW = /^\| (?<attack>[^|]+) \| `(?<file>[^`]+\.test\.ts)` \| (?<title>[^|]+) \|$/gm;

it('every attack of the security page is a test that stands where the page says', async () => {
  const page = await readFile('docs/security.md', 'utf8');
  const rows = [...page.matchAll(ROW)].map(({ groups }) => groups ?? {});
  expect(rows.length).toBeGreaterThan(20);
  for (const { attack, file = '', title = '' } of rows) {
    const test = await readFile(file, 'utf8').catch(() => '');
    expect(test.includes(title), `${attack}: “${title}” in ${file}`).toBe(true);
  }
});
