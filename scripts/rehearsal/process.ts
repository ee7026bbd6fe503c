import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const LONGEST_MILLISECONDS = 30_000;

export type Settings = Readonly<Record<string, string>>;
/** A replica that serves. */
export type Running = { readonly port: number; readonly child: ChildProcess };

/** Runs a program of the bundle to its end. */
export async function runToEnd(folder: string, program: string, settings: Settings): Promise<void> {
  const child = spawnProgram(folder, program, settings);
  const printed: Buffer[] = [];
  child.stdout?.on('data', (text: Buffer) => printed.push(text));
  child.stderr?.on('data', (text: Buffer) => printed.push(text));
  await once(child, 'close');
  if (child.exitCode !== 0)
    throw new Error(
      `${program} ended with ${child.exitCode}: ${Buffer.concat(printed).toString()}`,
    );
}

/** Starts the API and settles when it is ready. */
export async function startReplica(folder: string, settings: Settings): Promise<Running> {
  const child = spawnProgram(folder, 'api', { ...settings, PORT: '0' });
  let printed = '';
  child.stderr?.on('data', (text: Buffer) => (printed += text.toString()));
  child.stdout?.on('data', (text: Buffer) => (printed += text.toString()));
  const deadline = Date.now() + LONGEST_MILLISECONDS;
  for (;;) {
    const url = /^Kastoma is open at (\S+)$/m.exec(printed)?.[1];
    if (url !== undefined && (await isReady(url)))
      return { port: Number(new URL(url).port), child };
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The API did not get ready: ${printed}`);
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'close')]);
  }
}

/** Ends it as an orchestrator does, and waits until it has. */
export async function stopReplica({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`A replica ended with ${child.exitCode}.`);
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/health/ready/`)).ok;
}

function spawnProgram(folder: string, program: string, settings: Settings): ChildProcess {
  return spawn(process.execPath, [join(folder, 'kastoma.mjs'), program], {
    env: { PATH: process.env['PATH'] ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
