import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { outputOf } from './command.ts';
import { compile } from './compile.ts';
import { readmeSections } from './readme-sections.ts';
import { sizesInReadme } from './sizes-table.ts';
import { measureSizes } from './sizes.ts';
import { unpackDomain } from './unpack.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../packages/domain/README.md'), 'utf8');
const sections = readmeSections(page);
let folder: string;

// The compilers and npm wait for their turn when all tests run at once.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kastoma-readme-'));
  unpackDomain(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(folder, 'readme'));
  for (const [index, { code }] of sections.entries()) writeFileSync(fileOf(index), code);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the code blocks of the README', () => {
  test('compile against the packed types, with nothing but the language and a console', () => {
    writeFileSync(
      join(folder, 'readme/console.d.ts'),
      'declare const console: { log(text: unknown): void };\n',
    );
    expect(compile(folder, 'readme', 'tsc')).toBe('');
  });

  test.each(sections.map(({ title }, index) => ({ title, index })))(
    'print what they say: $title',
    ({ index }) => {
      const { printed } = sections[index] ?? { printed: [] };
      const actual = outputOf('node', [fileOf(index)], folder);
      expect(actual.split('\n').slice(0, -1)).toEqual(printed);
    },
  );

  test('are there, and say what they print', () => {
    expect(sections.length).toBeGreaterThan(5);
    expect(sections.filter(({ printed }) => printed.length === 0)).toEqual([]);
  });
});

test('the sizes in the README are those of today, within a tenth', () => {
  const written = sizesInReadme(page);
  const measured = measureSizes(folder);
  expect(written.map(({ what }) => what)).toEqual(measured.map(({ what }) => what));
  for (const [index, { what, minified, gzipped }] of measured.entries()) {
    const said = written[index];
    expect(Math.abs((said?.minified ?? 0) / minified - 1), what).toBeLessThan(0.1);
    expect(Math.abs((said?.gzipped ?? 0) / gzipped - 1), what).toBeLessThan(0.1);
  }
});

function fileOf(index: number): string {
  return join(folder, 'readme', `section-${index}.ts`);
}
