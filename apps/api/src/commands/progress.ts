const BAR_WIDTH = 30;
const REDRAW_MILLISECONDS = 100;
const TELL_AGAIN_MILLISECONDS = 2_000;

type Screen = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

/** Shows how far something is: a bar on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #screen: Screen;
  readonly #now: () => number;
  #shownAt = -Infinity;
  #last = '';

  constructor(screen: Screen = process.stderr, now: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#now = now;
  }

  show(what: string, done: number, total: number): void {
    const pause = this.#screen.isTTY ? REDRAW_MILLISECONDS : TELL_AGAIN_MILLISECONDS;
    const isLast = done >= total;
    if (!isLast && this.#now() - this.#shownAt < pause) return;
    this.#shownAt = this.#now();
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const numbers = `${percent(share)} ${grouped(done)} of ${grouped(total)} ${what}`;
    if (numbers === this.#last) return;
    this.#last = numbers;
    if (!this.#screen.isTTY) this.#screen.write(`${numbers}\n`);
    else this.#screen.write(`\r[${bar(share)}] ${numbers}\u{1b}[K${isLast ? '\n' : ''}`);
  }
}

function bar(share: number): string {
  const full = Math.round(share * BAR_WIDTH);
  return '#'.repeat(full).padEnd(BAR_WIDTH, '.');
}

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`.padStart(4);
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
