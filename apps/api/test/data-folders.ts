import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { ApiProcess } from './api-process.ts';
import { leftOvers } from './processes.ts';

/** A folder that does not exist yet, in one that goes with the test. */
export async function newDataFolder(): Promise<string> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'kastoma-drill-')));
  const dataFolder = join(parent, 'data');
  onTestFinished(async () => {
    await leftOvers(dataFolder);
    await rm(parent, { recursive: true, maxRetries: 10 });
  });
  return dataFolder;
}

/** Starts the API on the folder; whatever the test does, it ends with it. */
export function startApi(
  dataFolder: string,
  variables: Readonly<Record<string, string>> = {},
): ApiProcess {
  const api = new ApiProcess({ KASTOMA_DATA_DIR: dataFolder, ...variables });
  onTestFinished(() => api.remove());
  return api;
}

/** Starts a worker beside the API. */
export function startWorker(
  dataFolder: string,
  variables: Readonly<Record<string, string>>,
): ApiProcess {
  const worker = new ApiProcess({ KASTOMA_DATA_DIR: dataFolder, ...variables }, 'worker.ts');
  onTestFinished(() => worker.remove());
  return worker;
}
