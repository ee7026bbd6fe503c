import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

// A test that needs PostgreSQL or Redis says so in its name; the others start no service at all.
const needsServices = [
  'packages/*/{src,test}/**/*.{integration,e2e}.test.ts',
  'apps/*/{src,test}/**/*.{integration,e2e}.test.ts',
  'examples/*/src/**/*.{integration,e2e}.test.ts',
];

// These replace modules (`vi.mock`), or load one that registers hooks: each file loads them anew.
const wantsOwnModules = ['packages/adapters-embedded-postgres/src/**/*.integration.test.ts'];

// Programs that tests start find their modules compiled.
const COMPILED = join(import.meta.dirname, 'node_modules/.cache/kastoma-compiled');

const patience = { testTimeout: 20_000, hookTimeout: 60_000 };
const env = { TZ: 'UTC', NODE_COMPILE_CACHE: COMPILED };

export default defineConfig({
  test: {
    // A worker for each core: tests of a whole shop wait for half of their time.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/index.ts', '**/*.d.ts'],
      reporter: ['json-summary', 'html'],
      reportsDirectory: 'coverage',
      reportOnFailure: true,
    },
    // Files share the modules of their worker: loading the same ones for each file took longer
    // than many of the tests. What a file changes globally it puts back.
    projects: [
      {
        test: {
          name: 'fast',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/*/{src,test}/**/*.test.ts',
            'examples/*/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', ...needsServices],
          env,
          isolate: false,
          ...patience,
        },
      },
      {
        test: {
          name: 'services',
          include: needsServices,
          exclude: ['**/node_modules/**', ...wantsOwnModules],
          env,
          isolate: false,
          globalSetup: [
            './scripts/test-services.ts',
            './packages/adapters-postgres/src/testing/template-database.ts',
          ],
          ...patience,
        },
      },
      {
        test: { name: 'own modules', include: wantsOwnModules, env, ...patience },
      },
    ],
  },
});
