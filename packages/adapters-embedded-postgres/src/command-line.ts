import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

import { errorCode } from './embedded-postgres.errors.ts';

/** The command line of a living process. Empty when there is none, or only its exit code is left. */
export async function readCommandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return await readFromProc(pid);
  const options = { encoding: 'utf8' } as const;
  const listing = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], options);
  if (listing.error !== undefined) throw listing.error;
  return listing.stdout.trim();
}

async function readFromProc(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
  } catch (error) {
    // A process that ends while it is being read answers ESRCH.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return '';
    throw error;
  }
}
