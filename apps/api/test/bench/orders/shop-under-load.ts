import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startEmbeddedPostgres } from '@kastoma/adapters-embedded-postgres';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

export const ADMIN = { email: 'bench@kastoma.example', password: randomUUID() };

export type ShopUnderLoad = {
  readonly url: string;
  readonly databaseUrl: string;
  /** The API, and the server of its database. */
  readonly pids: readonly [api: number, database: number];
  /** The database stays. */
  stopApi(): Promise<void>;
  close(): Promise<void>;
};

/** A new shop as `npm start` opens it, in a folder that is gone afterwards, without limits of requests. */
export async function openShopUnderLoad(): Promise<ShopUnderLoad> {
  const folder = await mkdtemp(join(tmpdir(), 'kastoma-bench-'));
  const database = await startEmbeddedPostgres({ dataFolder: join(folder, 'data') });
  const api = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: database.url,
      KASTOMA_ENV: 'test',
      KASTOMA_DATA_DIR: join(folder, 'api'),
      KASTOMA_RATE_LIMITS: 'off',
      // Events are relayed when nothing is measured: by nobody.
      KASTOMA_WORKER: 'separate',
      KASTOMA_ADMIN_EMAIL: ADMIN.email,
      KASTOMA_ADMIN_PASSWORD: ADMIN.password,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(api, 'exit');
  const stopApi = async () => {
    api.kill('SIGTERM');
    await ended;
  };
  return {
    url: await openedAt(api.stdout),
    databaseUrl: database.url,
    pids: [api.pid ?? 0, serverOf(join(folder, 'data'))],
    stopApi,
    close: async () => {
      await stopApi();
      await database.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function openedAt(output: NodeJS.ReadableStream): Promise<string> {
  let told = '';
  for await (const text of output) {
    told += String(text);
    const url = /^Kastoma is open at (\S+)$/m.exec(told)?.[1];
    if (url === undefined) continue;
    output.resume();
    return url;
  }
  throw new Error(`The API did not open: ${told}`);
}

function serverOf(dataFolder: string): number {
  const [pid] = readFileSync(join(dataFolder, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}
