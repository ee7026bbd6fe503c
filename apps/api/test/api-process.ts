import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { Client, type SignedIn } from './client.ts';
import { readContract } from './contract.ts';

const SOURCES = new URL('../src/', import.meta.url);
const OWN_VARIABLES = /^(?:KASTOMA_|DATABASE_URL$|REDIS_URL$|PORT$|HOST$|npm_)/;

export type Ended = {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
};

/** The bundled file, and the program in it. */
export type Bundled = { readonly words: readonly [file: string, program: string] };

/** The API as its own process, as `npm start` runs it. */
export class ApiProcess {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #closed: Promise<unknown>;
  #output = '';
  #errors = '';

  constructor(
    variables: Readonly<Record<string, string>>,
    program: 'main.ts' | 'worker.ts' | Bundled = 'main.ts',
  ) {
    const inherited = Object.entries(process.env).filter(([name]) => !OWN_VARIABLES.test(name));
    const words =
      typeof program === 'string' ? [fileURLToPath(new URL(program, SOURCES))] : program.words;
    this.#child = spawn(process.execPath, words, {
      env: { ...Object.fromEntries(inherited), PORT: '0', ...variables },
      // Whoever develops here may have an `.env`.
      cwd: tmpdir(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#closed = once(this.#child, 'close');
    this.#child.stdout.on('data', (text: Buffer) => (this.#output += text.toString()));
    this.#child.stderr.on('data', (text: Buffer) => (this.#errors += text.toString()));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it has printed so far. */
  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Settles with its address when it is open; fails when it ends before. */
  async opened(): Promise<string> {
    const ended = this.#closed.then(() => {
      throw new Error(`The API did not open: ${this.#errors}`);
    });
    for (;;) {
      const url = /^Kastoma is open at (\S+)$/m.exec(this.#output)?.[1];
      if (url !== undefined && this.#output.includes('Ctrl-C stops it.')) {
        ended.catch(() => undefined);
        return url;
      }
      await Promise.race([once(this.#child.stdout, 'data'), ended]);
    }
  }

  /** Settles when it has printed the words. */
  async says(words: string): Promise<void> {
    while (this.isRunning && !this.#output.includes(words))
      await Promise.race([once(this.#child.stdout, 'data'), this.#closed]);
    if (!this.#output.includes(words)) throw new Error(`It ended before: ${this.#errors}`);
  }

  async guest(): Promise<Client> {
    const url = await this.opened();
    return new Client(url, await readContract(url));
  }

  /** Signs in with an account that the first lines name, by its label. */
  async signIn(label: 'Staff' | 'Customer'): Promise<Client> {
    const guest = await this.guest();
    const { data } = await guest
      .post<SignedIn>('/auth/login/', this.printedAccount(label))
      .expect(200);
    return guest.as(data);
  }

  printedAccount(label: 'Staff' | 'Customer'): { email: string; password: string } {
    const line = new RegExp(`^ +${label} +(\\S+), first password (\\S+)$`, 'm').exec(this.#output);
    const [, email = '', password = ''] = line ?? [];
    return { email, password };
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async ended(): Promise<Ended> {
    await this.#closed;
    return { code: this.#child.exitCode, output: this.#output, errors: this.#errors };
  }

  /** For the end of a test: whatever state it is in, it goes. */
  async remove(): Promise<void> {
    if (this.isRunning) this.#child.kill('SIGKILL');
    await this.#closed;
  }
}
