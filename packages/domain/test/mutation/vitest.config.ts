import { defineConfig } from 'vitest/config';

const context = process.env['MUTATED_CONTEXT'] ?? '*';

/** The tests of one context alone: a mutant in it is theirs to find. */
export default defineConfig({
  test: {
    include: [`src/${context}/**/*.test.ts`],
    setupFiles: ['test/mutation/few-runs.ts'],
    isolate: false,
    env: { TZ: 'UTC' },
  },
});
