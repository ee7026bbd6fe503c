import { cpSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { build } from 'esbuild';

import { copyAssets } from './bundle/assets.ts';
import { compressBeside } from './bundle/compressed.ts';
import { bytesBelow, copyNativePackages } from './bundle/native-packages.ts';
import { BANNER, sourcePlaces } from './bundle/source-places.ts';

// Makes what production runs: one file of code, beside it what cannot be bundled (machine code) and what is read
// as it is (migrations, the list of known passwords, pictures, the page of the reference). `node scripts/bundle.ts [FOLDER]`

const ROOT = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(ROOT, 'dist'));
const NATIVE = [
  { name: '@node-rs/argon2', from: join(ROOT, 'packages/adapters-crypto') },
  { name: 'sharp', from: join(ROOT, 'packages/adapters-media') },
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const readers = new Set<string>();
const file = join(folder, 'kastoma.mjs');
const { warnings } = await build({
  entryPoints: [join(ROOT, 'apps/api/src/kastoma.ts')],
  outfile: file,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: NATIVE.map(({ name }) => name),
  alias: {
    '@kastoma/adapters-embedded-postgres': join(ROOT, 'scripts/bundle/no-embedded-postgres.ts'),
  },
  banner: { js: BANNER },
  plugins: [sourcePlaces(readers)],
  logLevel: 'warning',
});
if (warnings.length > 0) process.exitCode = 1;
copyAssets(readers, folder);
const swagger = join(ROOT, 'packages/adapters-http/node_modules/swagger-ui-dist');
const served = join(folder, 'node_modules/swagger-ui-dist');
cpSync(join(swagger, 'package.json'), join(served, 'package.json'));
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
  cpSync(join(swagger, name), join(served, name));
  compressBeside(join(served, name));
}
const native = copyNativePackages(NATIVE, folder);

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
console.log(
  `${file}: ${megabytes(statSync(file).size)}; with all beside it ${megabytes(bytesBelow(folder))}.`,
);
console.log(`Not bundled: ${native.join(', ')}.`);
