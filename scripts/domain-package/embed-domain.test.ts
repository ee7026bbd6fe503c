import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { outputOf } from './command.ts';
import { packDomain } from './pack.ts';

const example = resolve(import.meta.dirname, '../../examples/embed-domain');
let folder: string;

// The compilers and npm wait for their turn when all tests run at once.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kastoma-bakery-')));
  const isOurs = (path: string) => !path.includes('node_modules');
  cpSync(example, folder, { recursive: true, filter: isOurs });
  const words = ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  outputOf('npm', [...words, packDomain(folder)], folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a bakery that installs the packed domain from a tarball', () => {
  test('has the package itself and nothing of this workspace', () => {
    const installed = join(folder, 'node_modules/@kastoma/domain');
    expect(realpathSync(installed)).toBe(installed);
    expect(existsSync(join(installed, 'src'))).toBe(false);
    expect(existsSync(join(installed, 'dist/pricing/index.js'))).toBe(true);
  });

  test('compiles against the packed types', () => {
    expect(outputOf('tsc', ['-p', '.'], folder)).toBe('');
  });

  test('sells, stores, restores, ships and refunds', () => {
    expect(linesOf('bakery/main.ts')).toEqual([
      'Welcome, Ada <ada@example.com>',
      '1 x MUG-1: 10.55, 1.45 off',
      '4 x ROLL-CIN: 7.44, 1.96 off',
      '1 x RYE-1000: 3.88, 1.02 off',
      'SPRING: coupon.unknown',
      'To pay: 25.37, VAT 2.98 in it',
      'Happened: ordering.order_confirmed',
      'Happened: ordering.order_processing_started',
      'Happened: ordering.order_fulfilled',
      'Happened: ordering.order_delivered',
      'delivered, version 6',
      'Paid back: 10.55, 1.68 of it VAT',
      'Could still be paid back: 14.82',
    ]);
  });

  test('holds its own rule to the exported laws', () => {
    const lines = linesOf('bakery/laws.ts');
    const kept = lines.filter((line) => line.endsWith(': kept'));
    expect(kept.length).toBeGreaterThanOrEqual(9);
    expect(kept).toContain('split independence: kept');
    expect(lines.filter((line) => line.endsWith(': broken'))).toEqual([]);
    expect(lines.at(-1)).toBe('The old rule breaks split independence, seed 23');
  });
});

function linesOf(script: string): string[] {
  return outputOf('node', [script], folder).trimEnd().split('\n');
}
