import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunningProcess {
  readonly pid: number;
  readonly program: string;
}

/** The guards and servers whose command line names `dataFolder`. */
export function processesOf(dataFolder: string): RunningProcess[] {
  return listProcesses()
    .filter(({ command }) => command.includes(`kastoma.data_folder=${dataFolder}`))
    .map(({ pid, command }) => ({ pid, program: basename(command.split(' ', 1)[0] ?? '') }));
}

/** Waits until nothing serves `dataFolder` any more. */
export async function untilNoneServes(dataFolder: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (processesOf(dataFolder).length > 0) {
    if (Date.now() > deadline) {
      throw new Error(`Still running: ${JSON.stringify(processesOf(dataFolder))}`);
    }
    await delay(20);
  }
}

export function killServer(dataFolder: string): void {
  const server = processesOf(dataFolder).find(({ program }) => program === 'postgres');
  if (server === undefined) throw new Error(`Nothing serves ${dataFolder}.`);
  process.kill(server.pid, 'SIGKILL');
}

export function killGuards(dataFolder: string): void {
  for (const { pid, program } of processesOf(dataFolder)) {
    if (program === 'sh') process.kill(pid, 'SIGKILL');
  }
}

function listProcesses(): { pid: number; command: string }[] {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' });
    return stdout.split('\n').map((line) => {
      const [pid = '', ...command] = line.trim().split(/\s+/);
      return { pid: Number(pid), command: command.join(' ') };
    });
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: commandLine(name) }));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return ''; // It has ended since it was listed.
  }
}
