/** Where progress is shown: standard error, or what a test looks at. */
export type ProgressOutput = { readonly isTTY?: boolean; write(text: string): unknown };

const STEPS = 10;

/** Says how far it is: one line that changes on a terminal, a line every tenth elsewhere. */
export class Progress {
  readonly #label: string;
  readonly #total: number;
  readonly #output: ProgressOutput;
  #done = 0;

  constructor(label: string, total: number, output: ProgressOutput) {
    this.#label = label;
    this.#total = total;
    this.#output = output;
  }

  step(): void {
    this.#done += 1;
    const text = `${this.#label}: ${this.#done} of ${this.#total}`;
    const isLast = this.#done === this.#total;
    if (this.#output.isTTY === true) this.#output.write(`\r${text}${isLast ? '\n' : ''}`);
    else if (this.#tenths(this.#done) > this.#tenths(this.#done - 1)) {
      this.#output.write(`${text}\n`);
    }
  }

  #tenths(done: number): number {
    return Math.floor((done * STEPS) / this.#total);
  }
}
