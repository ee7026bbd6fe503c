import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface Report {
  readonly event: 'log' | 'started' | 'exited' | 'interrupted' | 'unavailable';
  readonly url?: string;
  readonly message?: string;
  readonly code?: number;
  readonly stopped?: boolean;
}

/** Another process that owns, or wants to own, a server on `dataFolder`. */
export class Owner {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #reports: AsyncIterator<string>;
  readonly #ended: Promise<unknown>;

  constructor(dataFolder: string) {
    const script = fileURLToPath(new URL('owner-process.ts', import.meta.url));
    // Detached: a process group of its own, as a shell gives to what it runs.
    this.#child = spawn(process.execPath, [script, dataFolder], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#child, 'close');
    this.#reports = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The owner was not started.');
    return this.#child.pid;
  }

  /** The next report that is one of `events`. */
  async report(...events: Report['event'][]): Promise<Report> {
    for (;;) {
      const line = await this.#reports.next();
      if (line.done === true) throw new Error(`The owner never said ${events.join(' or ')}.`);
      const report = JSON.parse(line.value) as Report;
      if (events.includes(report.event)) return report;
    }
  }

  /** Signals the whole process group, as the terminal does on Ctrl-C. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }

  async stop(): Promise<void> {
    this.#child.stdin.end('stop\n');
    await this.#ended;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
