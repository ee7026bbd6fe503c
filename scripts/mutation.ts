import { spawnSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';

// Breaks the domain's arithmetic on purpose, thousands of times, and counts how often its tests notice:
// Stryker on core and on pricing, each with its own tests alone. An hour's work; with files, minutes:
// `npm run mutation -- src/core/rounding.ts 'src/pricing/engine/*.ts'`. docs/mutation.md has the results.

const contexts = ['core', 'pricing'];
const domain = resolve(import.meta.dirname, '../packages/domain');
const files = process.argv.slice(2);

for (const context of contexts) {
  const everything = [`src/${context}/**/*.ts`, '!**/*.test.ts'];
  const chosen = files.filter((file) => file.startsWith(`src/${context}/`));
  if (files.length === 0 || chosen.length > 0) {
    const mutate = files.length === 0 ? everything : chosen;
    const { status, error } = spawnSync('stryker', ['run', '--mutate', mutate.join(',')], {
      cwd: domain,
      stdio: 'inherit',
      env: { ...process.env, MUTATED_CONTEXT: context },
    });
    if (error !== undefined) throw error;
    if (status !== 0) process.exitCode = 1;
    keepReport(context);
  }
}

function keepReport(context: string): void {
  for (const ending of ['html', 'json']) {
    const report = resolve(domain, `reports/mutation.${ending}`);
    if (existsSync(report)) renameSync(report, resolve(domain, `reports/${context}.${ending}`));
  }
}
