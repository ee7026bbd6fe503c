import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server to make databases on: a suite creates its own, by a unique name, and drops it. */
    postgresUrl: string;
    /** Null where there is no Redis; never null under CI=true. */
    redisUrl: string | null;
  }
}

type Started = { readonly postgresUrl: string | null; readonly redisUrl: string | null };

/**
 * Lends the tests a PostgreSQL and a Redis: those of TEST_DATABASE_URL (or DATABASE_URL) and
 * REDIS_URL, else servers of our own that live as long as this run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const givenPostgres = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  const givenRedis = process.env['REDIS_URL'];

  const keeper = startKeeper({ postgres: !givenPostgres, redis: !givenRedis });
  const started = await firstReport(keeper);

  const postgresUrl = givenPostgres ?? started.postgresUrl;
  if (!postgresUrl) throw new Error('No PostgreSQL for the integration tests.');
  const redisUrl = givenRedis ?? started.redisUrl;
  if (!redisUrl) await sayThatRedisIsMissing(keeper);

  project.provide('postgresUrl', postgresUrl);
  project.provide('redisUrl', redisUrl);

  return () => stop(keeper);
}

// A process of its own session: an interrupt in the terminal does not reach the servers before the
// tests are done with them, and the keeper stops them when its standard input closes, which also
// happens when this process is killed without a chance to clean up.
function startKeeper(wanted: { postgres: boolean; redis: boolean }): ChildProcess {
  const file = fileURLToPath(new URL('./test-services-keeper.ts', import.meta.url));
  return spawn(process.execPath, [file, JSON.stringify(wanted)], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function firstReport(keeper: ChildProcess): Promise<Started> {
  if (!keeper.stdout) throw new Error('The keeper of the test services has no output.');
  for await (const line of createInterface({ input: keeper.stdout })) {
    return JSON.parse(line) as Started;
  }
  throw new Error('The test services did not start; the reason is printed above.');
}

async function sayThatRedisIsMissing(keeper: ChildProcess): Promise<void> {
  const line = 'NO REDIS: set REDIS_URL or install redis-server; the Redis suites are NOT RUN.';
  if (process.env['CI'] === 'true') {
    await stop(keeper);
    throw new Error(line);
  }
  console.error(`\n!!! ${line}\n`);
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null) return;
  const ended = once(keeper, 'exit');
  keeper.stdin?.end();
  await ended;
}
