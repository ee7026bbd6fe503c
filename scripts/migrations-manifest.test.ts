import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { commitAll, runScript } from './scratch-repository.ts';

const script = join(import.meta.dirname, 'migrations-manifest.ts');
const migrations = 'packages/adapters-postgres/migrations';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kastoma-migrations-'));
  mkdirSync(join(folder, migrations), { recursive: true });
  write('0001_core.sql', 'create schema core;\n');
  write('0002_catalog.sql', 'create schema catalog;\n');
  expect(seal().status).toBe(0);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('accepts sealed migrations without any git history', () => {
  expect(check()).toMatchObject({ status: 0, stdout: '2 migrations, none changed.\n' });
});

it('refuses an edited migration, and does not seal it', () => {
  write('0001_core.sql', 'create schema core_two;\n');
  expect(check()).toMatchObject({ status: 1 });
  expect(seal().status).toBe(1);
  expect(check().stderr).toContain('0001_core.sql has changed');
});

it('refuses a removed migration', () => {
  rmSync(join(folder, migrations, '0001_core.sql'));
  expect(check().stderr).toContain('0001_core.sql is in the manifest and not in the folder');
});

it('refuses a new migration until it is sealed', () => {
  write('0003_ordering.sql', 'create schema ordering;\n');
  expect(check().stderr).toContain('0003_ordering.sql has no line');
  expect(seal().status).toBe(0);
  expect(check().status).toBe(0);
});

it('refuses a folder without migrations', () => {
  rmSync(join(folder, migrations), { recursive: true });
  expect(check().stderr).toContain('There are no migrations');
});

it('refuses a migration that was edited and sealed again after its merge', () => {
  commitAll(folder);
  write('0001_core.sql', 'create schema core_two;\n');
  rmSync(join(folder, migrations, 'manifest.sha256'));
  expect(seal().status).toBe(1);
  writeFileSync(join(folder, migrations, 'manifest.sha256'), '');
  expect(check().stderr).toContain("The manifest's line of 0001_core.sql differs");
});

it('refuses a merged line that was removed with its file', () => {
  commitAll(folder);
  rmSync(join(folder, migrations, '0002_catalog.sql'));
  rmSync(join(folder, migrations, 'manifest.sha256'));
  expect(seal().stderr).toContain('0002_catalog.sql');
  expect(check().status).toBe(1);
});

it('accepts new lines after those of the last commit', () => {
  commitAll(folder);
  write('0003_ordering.sql', 'create schema ordering;\n');
  expect(seal().status).toBe(0);
  expect(check().status).toBe(0);
});

it('refuses a manifest it cannot read', () => {
  appendFileSync(join(folder, migrations, 'manifest.sha256'), 'nonsense\n');
  expect(check().stderr).toContain('Not a line of a manifest');
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, migrations, name), text);
}

function seal(): ReturnType<typeof run> {
  return run();
}

function check(): ReturnType<typeof run> {
  return run('--check');
}

function run(...words: string[]) {
  return runScript(folder, script, words);
}
