import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { bundle } from './bundle.ts';
import { outputOf } from './command.ts';
import { compile } from './compile.ts';
import { entriesOf } from './entries.ts';
import { packDomain } from './pack.ts';
import { unpackDomain, type UnpackedDomain } from './unpack.ts';

type Manifest = Readonly<Record<string, unknown>> & { readonly exports: Record<string, unknown> };

const workspaceManifest = resolve(import.meta.dirname, '../../packages/domain/package.json');
let folder: string;
let domain: UnpackedDomain;

// The compilers and npm wait for their turn when all tests run at once.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kastoma-user-'));
  domain = unpackDomain(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the tarball', () => {
  test('is the same, byte for byte, when it is made again, and nothing else is left behind', () => {
    const scratch = mkdtempSync(join(folder, 'again-'));
    vi.stubEnv('TMPDIR', scratch);
    const again = packDomain(scratch);
    vi.unstubAllEnvs();
    expect(readFileSync(again).equals(readFileSync(domain.tarball))).toBe(true);
    const ours = readdirSync(scratch).filter((name) => name.startsWith('kastoma'));
    expect(ours).toEqual([basename(again)]);
  });

  test('holds code, types and four texts: no source, no test', () => {
    const files = filesOf('**/*').filter((file) => file.includes('.') || file === 'LICENSE');
    const others = files.filter((file) => !/^dist\/[a-z0-9/.-]+\.(js|d\.ts)$/.test(file));
    expect(others.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(files.filter((file) => file.includes('.test.'))).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  test('can be published, with one dependency, and fast-check for those who want the laws', () => {
    const manifest = readManifest(join(domain.package, 'package.json'));
    expect(Object.keys(manifest['dependencies'] as object)).toEqual(['neverthrow']);
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('private');
    expect(Object.keys(manifest['peerDependencies'] as object)).toEqual(['fast-check']);
    expect(manifest['peerDependenciesMeta']).toEqual({ 'fast-check': { optional: true } });
    expect(manifest).toMatchObject({ type: 'module', sideEffects: false, license: 'MIT' });
  });

  test('offers every entry that the workspace has', () => {
    const inWorkspace = Object.keys(readManifest(workspaceManifest).exports);
    const published = Object.keys(readManifest(join(domain.package, 'package.json')).exports);
    expect(published.toSorted()).toEqual([...inWorkspace, './package.json'].toSorted());
  });

  test('imports itself and neverthrow, and fast-check in its testing entry alone', () => {
    const imported = new Map<string, Set<string>>();
    for (const file of filesOf('dist/**/*.{js,d.ts}')) {
      const part = file.startsWith('dist/testing/') ? 'testing' : 'rules';
      for (const name of importsOf(readFileSync(join(domain.package, file), 'utf8')))
        imported.set(part, (imported.get(part) ?? new Set()).add(name));
    }
    expect([...(imported.get('rules') ?? [])]).toEqual(['neverthrow']);
    expect(imported.get('testing')).toContain('fast-check');
    imported.get('testing')?.delete('neverthrow');
    expect(imported.get('testing')?.size).toBe(1);
  });

  test('has no complaint of publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: domain.package, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test('resolves to types that are right, by the judgement of are-the-types-wrong', () => {
    const words = [domain.tarball, '--profile', 'esm-only', '--no-color', '--format', 'ascii'];
    const judgement = outputOf('attw', words, folder);
    expect(judgement).toContain('@kastoma/domain/pricing');
  });
});

describe('the code', () => {
  test('is imported by plain Node, every entry of it', () => {
    const code = entriesOf(folder).map(
      (entry) => `console.log('${entry}', Object.keys(await import('${entry}')).length > 0);`,
    );
    const printed = outputOf('node', ['--input-type=module', '-e', code.join('\n')], folder);
    const expected = entriesOf(folder).map((entry) => `${entry} true`);
    expect(printed.trim().split('\n')).toEqual(expected);
    expect(expected).toHaveLength(9);
  });

  test.each(['tsc', 'tsc6'] as const)('has types that need no others, for %s', (compiler) => {
    const all = entriesOf(folder).map((entry, at) => `export * as entry${at} from '${entry}';`);
    writeFileSync(join(folder, 'all.mts'), all.join('\n'));
    expect(compile(folder, 'all.mts', compiler)).toBe('');
  });

  test('needs nothing but the language: no Node, no browser', () => {
    const code = `
      import { Money, sha256 } from '@kastoma/domain/core';
      import { PromotionTerms, price, quoteHash } from '@kastoma/domain/pricing';
      import * as catalog from '@kastoma/domain/catalog';
      import * as identity from '@kastoma/domain/identity';
      import * as inventory from '@kastoma/domain/inventory';
      import * as ordering from '@kastoma/domain/ordering';
      import * as payments from '@kastoma/domain/payments';
      const unitPrice = Money.parse({ amount: '19.99', currency: 'EUR' })._unsafeUnwrap();
      const line = { id: 'a', productId: 'p', variantId: 'v', unitPrice, quantity: 3 };
      const input = { currency: 'EUR', at: 0, lines: [line], shipping: null };
      const quote = price(input)._unsafeUnwrap();
      globalThis.answer = [quote.totals.total.toDecimal(), quoteHash(quote).length].join(' ');
      globalThis.everything = [catalog, identity, inventory, ordering, payments, PromotionTerms, sha256];`;
    const bare = createContext({});
    runInContext(bundle(code, folder, { format: 'iife' }), bare);
    expect(runInContext('typeof process + typeof URL + answer', bare)).toBe(
      'undefinedundefined59.97 64',
    );
  });

  test('is left out of a bundle where nobody asks for it', () => {
    const everything = entriesOf(folder).map((entry, at) => `export * as _${at} from '${entry}';`);
    const whole = sizeOf(everything.join('\n'));
    const money = sizeOf("export { Money } from '@kastoma/domain/core';");
    expect(money).toBeLessThan(5_000);
    expect(money * 5).toBeLessThan(whole);
  });
});

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: domain.package });
}

/** What a module names and is not a file beside it. */
function importsOf(code: string): string[] {
  const names = [...code.matchAll(/(?:from |import\(|import )['"]([^'"]+)['"]/g)];
  return names.map(([, name = '']) => name).filter((name) => !name.startsWith('.'));
}

function sizeOf(code: string): number {
  return Buffer.byteLength(bundle(code, folder, { external: ['neverthrow', 'fast-check'] }));
}
