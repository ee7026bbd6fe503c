import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { outputOf } from './command.ts';

const root = resolve(import.meta.dirname, '../..');
const source = join(root, 'packages/domain');

type Manifest = {
  readonly exports: unknown;
  readonly devDependencies?: unknown;
  readonly publishConfig: { readonly exports: unknown };
};

/**
 * Makes the tarball that users install, in the folder given, and gives its path. It is built and
 * packed in a folder of its own that is gone afterwards; the same sources give the same bytes.
 */
export function packDomain(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(tmpdir(), 'kastoma-pack-'));
  try {
    build(join(staging, 'dist'));
    cpSync(join(source, 'README.md'), join(staging, 'README.md'));
    for (const file of ['LICENSE', 'CHANGELOG.md']) cpSync(join(root, file), join(staging, file));
    writeFileSync(join(staging, 'package.json'), publishedManifest());
    const words = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    return join(folder, outputOf('npm', words, staging).trim());
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function build(target: string): void {
  outputOf('tsc', ['-p', join(source, 'tsconfig.build.json'), '--outDir', target], root);
  for (const file of globSync(join(target, '**/*.d.ts'))) {
    writeFileSync(file, importingWhatIsThere(readFileSync(file, 'utf8')));
  }
}

/** The compiler rewrites the endings of imports in `.js` files alone. */
function importingWhatIsThere(declarations: string): string {
  return declarations.replaceAll(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2');
}

/** Inside the workspace the entries are the sources; outside they are what `publishConfig` says. */
function publishedManifest(): string {
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  const { devDependencies: _, publishConfig, ...published } = manifest;
  const { exports, ...registry } = publishConfig;
  return `${JSON.stringify({ ...published, exports, publishConfig: registry }, null, 2)}\n`;
}
