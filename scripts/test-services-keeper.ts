import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmbeddedPostgres } from '@kastoma/adapters-embedded-postgres';

import { startRedis } from './test-redis.ts';

// Holds the servers of one test run: writes their urls as one line of JSON, and stops them when its
// standard input closes.

type Wanted = { readonly postgres: boolean; readonly redis: boolean };
type Service = { readonly url: string; stop(): Promise<void> };

const wanted = JSON.parse(process.argv[2] ?? '{}') as Wanted;
const folder = await mkdtemp(join(tmpdir(), 'kastoma-test-'));
// PostgreSQL refuses to run as root and is then started as another user, who must get through here.
await chmod(folder, 0o755);

const gone = new Promise<void>((resolve) => {
  process.stdin.once('close', resolve);
  process.once('SIGTERM', resolve);
  process.once('SIGINT', resolve);
});
process.stdin.resume();

const starting = await Promise.allSettled([
  wanted.postgres ? startPostgres() : null,
  wanted.redis ? startRedis(folder) : null,
]);
const [postgres, redis] = starting.map((it) => (it.status === 'fulfilled' ? it.value : null));
const failures = starting.filter((it) => it.status === 'rejected').map((it): unknown => it.reason);

if (failures.length === 0) {
  const report = { postgresUrl: postgres?.url ?? null, redisUrl: redis?.url ?? null };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  await gone;
}

await postgres?.stop();
await redis?.stop();
await rm(folder, { recursive: true, force: true });
process.stdin.destroy();
if (failures.length > 0) throw new AggregateError(failures, 'A test service did not start.');

function startPostgres(): Promise<Service> {
  return startEmbeddedPostgres({
    dataFolder: join(folder, 'postgres'),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '300',
    },
  });
}
