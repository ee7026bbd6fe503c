import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

import { committedText } from './committed-file.ts';

// Coverage may rise and not fall: each ring has floors. `--raise` lifts them to what was measured.

const floorsFile = 'coverage-ratchet.json';
const summaryFile = 'coverage/coverage-summary.json';
const worthRaising = 2;

const rings = {
  domain: /^packages\/domain\//,
  application: /^packages\/application\//,
  adapters: /^packages\/adapters-/,
  apps: /^apps\//,
};
const metrics = ['lines', 'branches'] as const;

type Ring = keyof typeof rings;
type Metric = (typeof metrics)[number];
type Floors = Record<Ring, Record<Metric, number>>;
type FileSummary = Record<Metric, { readonly total: number; readonly covered: number }>;

const floors = JSON.parse(readFileSync(floorsFile, 'utf8')) as Floors;
const committed = JSON.parse(committedText(floorsFile) ?? 'null') as Partial<Floors> | null;
const files = Object.entries(
  JSON.parse(readFileSync(summaryFile, 'utf8')) as Record<string, FileSummary>,
);

const faults: string[] = [];
for (const ring of Object.keys(rings) as Ring[]) {
  for (const metric of metrics) compare(ring, metric);
}

if (process.argv.includes('--raise'))
  writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

function compare(ring: Ring, metric: Metric): void {
  const name = `${ring} ${metric}`;
  const actual = percentage(ring, metric);
  const floor = floors[ring][metric];
  const merged = committed?.[ring]?.[metric] ?? 0;
  if (floor < merged)
    faults.push(`${name}: the floor fell from ${merged} to ${floor}; floors only rise.`);
  if (actual < floor)
    faults.push(`${name}: ${actual.toFixed(2)} % covered, the floor is ${floor} %.`);
  console.log(`${name.padEnd(22)} ${actual.toFixed(2).padStart(6)} %   floor ${floor} %`);

  const raised = Math.floor(actual * 10) / 10;
  if (raised > floor && process.argv.includes('--raise')) floors[ring][metric] = raised;
  else if (actual > floor + worthRaising) console.log(`  worth raising: pnpm coverage:raise`);
}

function percentage(ring: Ring, metric: Metric): number {
  const counts = files
    .filter(([path]) => rings[ring].test(relative(process.cwd(), path)))
    .map(([, summary]) => summary[metric]);
  const total = counts.reduce((sum, count) => sum + count.total, 0);
  const covered = counts.reduce((sum, count) => sum + count.covered, 0);
  return total === 0 ? 0 : (100 * covered) / total;
}
