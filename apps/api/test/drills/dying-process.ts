import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Counts, Death } from './death.ts';

const PROGRAM = fileURLToPath(new URL('./dying-shop.ts', import.meta.url));

type Message = { readonly url?: string; readonly counts?: Counts };

/** A shop that dies where it is told to. */
export class DyingProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #opened: Promise<string>;
  #errors = '';

  constructor(variables: Readonly<Record<string, string>>) {
    this.#child = fork(PROGRAM, {
      env: { ...process.env, PORT: '0', ...variables },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    this.#child.stderr?.on('data', (text: Buffer) => (this.#errors += text.toString()));
    this.#ended = once(this.#child, 'close');
    this.#opened = this.#heard().then(({ url = '' }) => url);
  }

  get opened(): Promise<string> {
    return this.#opened;
  }

  /** Counts anew from here, and dies there; says what was counted until now. */
  async await(death: Death | null): Promise<Counts> {
    this.#child.send({ death });
    const { counts } = await this.#heard();
    if (counts === undefined) throw new Error('The shop has counted nothing.');
    return counts;
  }

  /** Whether it ended itself. */
  get isDead(): boolean {
    return this.#child.signalCode === 'SIGKILL';
  }

  async ended(): Promise<void> {
    await this.#ended;
  }

  async remove(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null)
      this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #heard(): Promise<Message> {
    const ended = this.#ended.then(() => {
      throw new Error(`The shop ended before its time: ${this.#errors}`);
    });
    const heard = once(this.#child, 'message').then(([message]) => message as Message);
    ended.catch(() => undefined);
    return Promise.race([heard, ended]);
  }
}
