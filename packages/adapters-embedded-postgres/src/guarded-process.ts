import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { readCommandLine } from './command-line.ts';
import { errorCode } from './embedded-postgres.errors.ts';
import { serverEnvironment, type ServerAccount } from './server-account.ts';
import { settlesWithin } from './settles-within.ts';

/**
 * Runs a server that cannot outlive its owner. Standard input is a pipe that only the
 * owner holds: it ends when the owner dies in whatever way, and then the watcher asks the
 * server to shut down. The watcher works on if the guard itself is killed.
 * POSIX lets background jobs ignore SIGINT and SIGQUIT; PostgreSQL sets its own handlers.
 */
const GUARD = `
exec 3<&0 </dev/null
"$@" >&2 3<&- &
server=$!
echo "$server"
exec >&2
{
  read -r _ <&3
  kill -INT "$server"
  seconds=0
  while kill -0 "$server"; do
    [ "$seconds" -eq 10 ] && kill -QUIT "$server"
    seconds=$((seconds + 1))
    sleep 1
  done
} 2>/dev/null &
watcher=$!
exec 3<&-
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$code"
`;

const ESCALATION = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const;

/** A process in a session of its own, bound to the life of this one. */
export interface GuardedProcess {
  readonly pid: number;
  /** The exit code, once the process is really gone; 128 + n after signal n. */
  readonly exited: Promise<number>;
  /** Asks for a fast shutdown, then insists; resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface GuardedProcessOptions {
  readonly cwd: string;
  readonly account: ServerAccount | undefined;
  /** File descriptor for everything the process prints. */
  readonly output: number;
}

/** Starts `command` under a guard. It does not keep this process alive. */
export async function startGuarded(
  command: string,
  args: readonly string[],
  options: GuardedProcessOptions,
): Promise<GuardedProcess> {
  const guard = spawn('/bin/sh', ['-c', GUARD, 'kastoma-guard', command, ...args], {
    ...options.account,
    cwd: options.cwd,
    env: serverEnvironment(),
    // A session of its own: the terminal's Ctrl-C is for the owner, who stops the server last.
    detached: true,
    stdio: ['pipe', 'pipe', options.output],
  });
  const guardExit = once(guard, 'exit') as Promise<[number | null]>;
  const pid = await Promise.race([firstNumber(guard), failAfter(guardExit)]);
  let gone = false;
  const exited = settle(guardExit, pid).finally(() => {
    gone = true;
  });
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  // The number of a process that is gone may already be another's: it gets no signal.
  return { pid, exited, stop: async () => (gone ? undefined : await shutDown(pid, exited)) };
}

async function failAfter(guardExit: Promise<unknown>): Promise<never> {
  await guardExit;
  throw new Error('The guard ended before its server began.');
}

async function firstNumber(guard: ChildProcess): Promise<number> {
  if (guard.stdout === null) throw new Error('The guard was started without a pipe.');
  const lines = createInterface({ input: guard.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  lines.close();
  guard.stdout.destroy();
  return Number.parseInt(line, 10);
}

async function settle(guardExit: Promise<[number | null]>, pid: number): Promise<number> {
  const [code] = await guardExit;
  if (code !== null) return code;
  // The guard was killed. Its server is no longer supervised and has to end as well.
  await shutDown(pid, untilGone(pid));
  return 1;
}

async function shutDown(pid: number, exited: Promise<unknown>): Promise<void> {
  for (const [signal, patience] of ESCALATION) {
    sendSignal(pid, signal);
    if (await settlesWithin(exited, patience)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) did not end, even when it was killed.`);
}

async function untilGone(pid: number): Promise<void> {
  while ((await readCommandLine(pid)) !== '') await delay(20);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended in the meantime.
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
