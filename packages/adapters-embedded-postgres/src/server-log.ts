import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

const LARGEST_BYTES = 5 * 1024 * 1024;

/** The log file of one run of a server. */
export interface ServerLog {
  readonly path: string;
  readonly descriptor: number;
  /** The last lines that were written since the log was opened. */
  lastLines(count: number): string[];
  /** Closes this process's descriptor; the server keeps its own. */
  close(): void;
}

/** Opens the log for a new run. A log that has grown large becomes `<path>.1` first. */
export function openServerLog(path: string): ServerLog {
  const before = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const rotates = before > LARGEST_BYTES;
  if (rotates) renameSync(path, `${path}.1`);
  const start = rotates ? 0 : before;
  const descriptor = openSync(path, 'a', 0o600);
  return {
    path,
    descriptor,
    lastLines(count) {
      if (!existsSync(path)) return [];
      const run = readFileSync(path).subarray(start).toString('utf8').trimEnd();
      return run.split('\n').slice(-count);
    },
    close: () => closeSync(descriptor),
  };
}
