import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

type Running = { readonly pid: number; readonly command: string };

/** Every process that works for the data folder: it names it, or has its feet in it. */
export function processesOf(dataFolder: string): readonly Running[] {
  return listProcesses()
    .filter(({ command, folder }) => command.includes(dataFolder) || folder.startsWith(dataFolder))
    .map(({ pid, command }) => ({ pid, command }));
}

/** The PostgreSQL that serves the data folder. */
export function databaseOf(dataFolder: string): number {
  const server = processesOf(dataFolder).find(({ command }) => /^\S*\/postgres /.test(command));
  if (server === undefined) throw new Error(`Nothing serves ${dataFolder}.`);
  return server.pid;
}

/** What is still there when all that was told to end has had its time. */
export async function leftOvers(
  dataFolder: string,
  milliseconds = 5_000,
): Promise<readonly Running[]> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const left = processesOf(dataFolder);
    if (left.length === 0 || Date.now() > deadline) return left;
    await pause(50);
  }
}

function listProcesses(): readonly (Running & { readonly folder: string })[] {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' });
    return stdout.split('\n').map((line) => {
      const [pid = '', ...command] = line.trim().split(/\s+/);
      return { pid: Number(pid), command: command.join(' '), folder: '' };
    });
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({
      pid: Number(pid),
      command: whileItLives(() =>
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      ),
      folder: whileItLives(() => readlinkSync(`/proc/${pid}/cwd`)),
    }));
}

/** A process may end, or belong to somebody else, while it is being looked at. */
function whileItLives(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
