import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { RolledBack, rollOut, type Fleet } from './deploy/roll-out.ts';
import { openBalancer } from './rehearsal/balancer.ts';
import { runToEnd, startReplica, stopReplica, type Running } from './rehearsal/process.ts';
import { productionSettings } from './rehearsal/production-settings.ts';
import { startThrowawayPostgres } from './rehearsal/throwaway-postgres.ts';
import { makeVersions } from './rehearsal/versions.ts';

// A deployment on this machine, as the pipeline does it: two replicas behind a balancer on one PostgreSQL, under
// traffic. A new version is rolled out; one that serves nothing is rolled out too and taken back. Not one request fails.

const SMOKE = resolve(import.meta.dirname, 'deploy/smoke.ts');
const BETWEEN_REQUESTS_MILLISECONDS = 50;
const run = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), 'kastoma-rehearsal-'));
const postgres = await startThrowawayPostgres();
const settings = productionSettings(postgres.url, join(folder, 'data'));
const running = new Map<string, Running>();
const balancer = await openBalancer();
const counted = { answered: 0, failed: 0 };
const traffic = new AbortController();

try {
  const versions = makeVersions(folder);
  const folderOf = (version: string) => versions[version as keyof typeof versions];
  const replace = async (replica: string, version: string): Promise<void> => {
    const before = running.get(replica);
    const after = await startReplica(folderOf(version), settings);
    running.set(replica, after);
    balancer.add(after.port);
    if (before === undefined) return;
    balancer.remove(before.port);
    await stopReplica(before);
  };
  const fleet: Fleet = {
    replicas: ['one', 'two'],
    migrate: (version) => runToEnd(folderOf(version), 'migrate', settings),
    replace,
    smoke: async () => {
      await run(process.execPath, [SMOKE, balancer.url]);
    },
  };
  await fleet.migrate('old');
  for (const replica of fleet.replicas) await replace(replica, 'old');
  const shoppers = shop();
  await timed(() => rollOut(fleet, { from: 'old', to: 'new', tell }));
  const taken = await timed(() => outcomeOf(rollOut(fleet, { from: 'new', to: 'broken', tell })));
  if (!(taken instanceof RolledBack)) throw new Error('The broken version was not taken back.');
  tell(taken.message);
  // A version back, on a database that two newer ones have added to.
  await timed(() => rollOut(fleet, { from: 'new', to: 'old', tell }));
  traffic.abort();
  await shoppers;
  tell(`${counted.answered} requests were answered meanwhile, ${counted.failed} failed`);
  if (counted.failed > 0 || counted.answered === 0) process.exitCode = 1;
} finally {
  traffic.abort();
  await Promise.all([...running.values()].map(stopReplica));
  await balancer.close();
  await postgres.stop();
  rmSync(folder, { recursive: true });
}

/** Reads the catalogue again and again, as shoppers do; while the broken version is in, its 404 counts as an answer. */
async function shop(): Promise<void> {
  while (!traffic.signal.aborted) {
    const { status } = await fetch(`${balancer.url}/api/v1/products/`);
    if (status >= 500) counted.failed += 1;
    else counted.answered += 1;
    await pause(BETWEEN_REQUESTS_MILLISECONDS);
  }
}

async function outcomeOf(work: Promise<void>): Promise<unknown> {
  try {
    await work;
    return null;
  } catch (error) {
    return error;
  }
}

async function timed<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  tell(`took ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  return result;
}

function tell(line: string): void {
  console.log(line);
}
