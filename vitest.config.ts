import { defineConfig } from 'vitest/config';

// A test that needs PostgreSQL or Redis says so in its name; the others start no service at all.
const needsServices = [
  'packages/*/{src,test}/**/*.{integration,e2e}.test.ts',
  'apps/*/{src,test}/**/*.{integration,e2e}.test.ts',
  'examples/*/src/**/*.{integration,e2e}.test.ts',
];

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/index.ts', '**/*.d.ts'],
      reporter: ['json-summary', 'html'],
      reportsDirectory: 'coverage',
      reportOnFailure: true,
    },
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
          env: { TZ: 'UTC' },
        },
      },
      {
        test: {
          name: 'services',
          include: needsServices,
          env: { TZ: 'UTC' },
          globalSetup: './scripts/test-services.ts',
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
