import type { Probe } from './probe.ts';
import { manifest, type Files, type Package } from './workspace.ts';

// Unused code is a property of a whole workspace: this one uses all that it has.

const domain: Package = {
  folder: 'packages/domain',
  name: '@kastoma/domain',
  exports: { './core': './src/core/index.ts', './pricing': './src/pricing/index.ts' },
  dependencies: ['neverthrow'],
};
const crypto: Package = {
  folder: 'packages/adapters-crypto',
  name: '@kastoma/adapters-crypto',
  exports: { '.': './src/index.ts' },
  dependencies: ['@kastoma/domain', 'jose'],
};

const api: Package = {
  folder: 'apps/api',
  name: '@kastoma/api',
  exports: {},
  dependencies: ['@kastoma/adapters-crypto'],
};

export const fullyUsedPackages: readonly Package[] = [domain, crypto, api];

export const fullyUsedFiles: Files = {
  'packages/domain/src/core/index.ts': "export { one } from './one.value.ts';\n",
  'packages/domain/src/core/one.value.ts':
    "import { ok } from 'neverthrow';\n\nexport const one = ok(1);\n",
  'packages/adapters-crypto/src/index.ts':
    "import { one } from '@kastoma/domain/core';\nimport { SignJWT } from 'jose';\n\nexport const all = [SignJWT, one];\n",
  'apps/api/src/main.ts': "import { all } from '@kastoma/adapters-crypto';\n\nconsole.log(all);\n",
  'scripts/clean.ts': "console.log('An entry.');\n",
};

export const unusedCodeProbes: readonly Probe[] = [
  {
    rule: 'files',
    files: { 'packages/domain/src/core/u-nobody-imports-it.ts': 'export const two = 2;\n' },
  },
  {
    rule: 'exports',
    files: {
      'scripts/unused/u-half-used.ts': 'export const used = 1;\nexport const unused = 2;\n',
      'scripts/u-entry.ts':
        "import { used } from './unused/u-half-used.ts';\n\nconsole.log(used);\n",
    },
  },
  {
    rule: 'exports',
    files: { 'packages/domain/src/pricing/index.ts': 'export const offeredToNobody = 1;\n' },
  },
  {
    rule: 'dependencies',
    files: {
      'packages/adapters-redis/package.json': manifest({
        folder: 'packages/adapters-redis',
        name: '@kastoma/adapters-redis',
        exports: { '.': './src/index.ts' },
        dependencies: ['zod'],
      }),
      'packages/adapters-redis/src/index.ts': 'export {};\n',
    },
  },
];
