import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { commitAll, runScript } from './scratch-repository.ts';

const script = join(import.meta.dirname, 'coverage-ratchet.ts');
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kastoma-ratchet-')));
  floors(80);
  covered(80);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('accepts what stands on the floor', () => {
  expect(ratchet().status).toBe(0);
});

it('refuses coverage below the floor', () => {
  covered(79);
  expect(ratchet()).toMatchObject({ status: 1 });
  expect(ratchet().stderr).toContain('domain lines: 79.00 % covered, the floor is 80 %');
});

it('refuses a ring whose files are no longer measured', () => {
  write('coverage/coverage-summary.json', {});
  expect(ratchet().status).toBe(1);
});

it('raises the floors on request, rounded down, and never lowers them', () => {
  covered(90.19);
  expect(ratchet('--raise').status).toBe(0);
  expect(domainFloor()).toBe(90.1);
  covered(50);
  expect(ratchet('--raise').status).toBe(1);
  expect(domainFloor()).toBe(90.1);
});

it('points at a floor that is worth raising', () => {
  covered(81);
  expect(ratchet().stdout).not.toContain('worth raising');
  covered(83);
  expect(ratchet().stdout).toContain('worth raising');
});

it('refuses a floor below that of the last commit', () => {
  commitAll(folder);
  floors(70);
  expect(ratchet().stderr).toContain('the floor fell from 80 to 70');
});

function ratchet(...words: string[]) {
  return runScript(folder, script, words);
}

function floors(floor: number): void {
  const ring = { lines: floor, branches: floor };
  write('coverage-ratchet.json', { domain: ring, application: ring, adapters: ring, apps: ring });
}

function domainFloor(): number {
  const text = readFileSync(join(folder, 'coverage-ratchet.json'), 'utf8');
  return (JSON.parse(text) as { domain: { lines: number } }).domain.lines;
}

function covered(percent: number): void {
  const count = { total: 10_000, covered: percent * 100 };
  const paths = [
    'packages/domain/a.ts',
    'packages/application/a.ts',
    'packages/adapters-http/a.ts',
    'apps/api/a.ts',
  ];
  const summary = paths.map((path) => [join(folder, path), { lines: count, branches: count }]);
  write('coverage/coverage-summary.json', Object.fromEntries(summary));
}

function write(path: string, value: unknown): void {
  mkdirSync(join(folder, 'coverage'), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(value));
}
