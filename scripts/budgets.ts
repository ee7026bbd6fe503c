import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { bytesBelow } from './bundle/native-packages.ts';
import { runToEnd, startReplica, stopReplica, type Running } from './rehearsal/process.ts';
import { productionSettings } from './rehearsal/production-settings.ts';
import { startThrowawayPostgres } from './rehearsal/throwaway-postgres.ts';

// What the bundled shop may cost at most: size, start, memory, and the time of an answer. The budgets leave room for a
// slow and busy machine; they catch what became several times dearer, and not a tenth.

const BUDGETS = {
  'bundled file, MB': 6,
  'all of the bundle, MB': 40,
  'start to ready, s': 10,
  'memory when idle, MB': 350,
  'memory after 2,000 requests, MB': 450,
  'list of products, median ms': 25,
  'list of products, 95 of 100, ms': 100,
} as const;

type Measured = Record<keyof typeof BUDGETS, number>;

const STARTS = 3;
const REQUESTS = 2_000;
const AT_ONCE = 4;
const MEGABYTE = 1_000_000;

const folder = mkdtempSync(join(tmpdir(), 'kastoma-budgets-'));
const postgres = await startThrowawayPostgres();
try {
  const bundle = join(folder, 'bundle');
  execFileSync(process.execPath, [resolve(import.meta.dirname, 'bundle.ts'), bundle]);
  const settings = productionSettings(postgres.url, join(folder, 'data'));
  await runToEnd(bundle, 'migrate', settings);
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const begun = performance.now();
    const replica = await startReplica(bundle, settings);
    starts.push((performance.now() - begun) / 1_000);
    await stopReplica(replica);
  }
  const replica = await startReplica(bundle, settings);
  const idle = memoryOf(replica);
  const times = await answerTimes(replica.port);
  judge({
    'bundled file, MB': statSync(join(bundle, 'kastoma.mjs')).size / MEGABYTE,
    'all of the bundle, MB': bytesBelow(bundle) / MEGABYTE,
    'start to ready, s': quantile(starts, 0.5),
    'memory when idle, MB': idle,
    'memory after 2,000 requests, MB': memoryOf(replica),
    'list of products, median ms': quantile(times, 0.5),
    'list of products, 95 of 100, ms': quantile(times, 0.95),
  });
  await stopReplica(replica);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true });
}

/** Of an empty catalogue: what the way through the shop costs, and not what the database finds. */
async function answerTimes(port: number): Promise<readonly number[]> {
  const times: number[] = [];
  const asking = Array.from({ length: AT_ONCE }, async () => {
    while (times.length < REQUESTS) {
      const begun = performance.now();
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/products/`);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`The list answered ${response.status}.`);
      times.push(performance.now() - begun);
    }
  });
  await Promise.all(asking);
  return times;
}

/** Resident, as Linux counts it. */
function memoryOf({ child }: Running): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / MEGABYTE;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

function judge(measured: Measured): void {
  for (const [what, most] of Object.entries(BUDGETS)) {
    const value = measured[what as keyof Measured];
    const isKept = value <= most;
    if (!isKept) process.exitCode = 1;
    console.log(`${isKept ? 'ok  ' : 'OVER'}  ${what.padEnd(34)} ${value.toFixed(2)} of ${most}`);
  }
}
