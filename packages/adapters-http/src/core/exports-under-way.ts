import type { FileAnswer } from './file-answers.ts';

type Parts = FileAnswer['parts'];

/** Of one process: each holds one of its few connections to the database for as long as it is read. */
export const MOST_EXPORTS = 3;
/** Whoever reads nothing for so long does not hold a connection any longer. */
export const EXPORT_PATIENCE_MILLISECONDS = 30_000;

/** The exports that are being read, of which there is room for a few. */
export class ExportsUnderWay {
  #count = 0;

  /** The same parts, which hold a place until their end; null where there is none. */
  begin(parts: Parts): AsyncIterable<string> | null {
    if (this.#count >= MOST_EXPORTS) return null;
    this.#count += 1;
    return new ExportUnderWay(parts, () => {
      this.#count -= 1;
    });
  }
}

class ExportUnderWay implements AsyncIterableIterator<string, undefined> {
  readonly #parts: AsyncIterator<string, undefined>;
  readonly #onEnd: () => void;
  #hasEnded = false;
  #isGivenUp = false;
  #patience: NodeJS.Timeout;

  constructor(parts: Parts, onEnd: () => void) {
    this.#parts = oneByOne(parts);
    this.#onEnd = onEnd;
    // Whoever hangs up before the first part is never heard of again.
    this.#patience = this.#awaitReader();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<string, undefined>> {
    clearTimeout(this.#patience);
    if (this.#isGivenUp) throw new Error('An export was not read on for too long.');
    let isOver = true;
    try {
      const next = await this.#parts.next();
      isOver = next.done === true;
      return next;
    } finally {
      if (isOver) this.#end();
      else this.#patience = this.#awaitReader();
    }
  }

  async return(): Promise<IteratorResult<string, undefined>> {
    clearTimeout(this.#patience);
    try {
      await this.#parts.return?.();
    } finally {
      this.#end();
    }
    return { done: true, value: undefined };
  }

  #awaitReader(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#isGivenUp = true;
      const end = () => {
        this.#end();
      };
      this.return().then(end, end);
    }, EXPORT_PATIENCE_MILLISECONDS).unref();
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd();
  }
}

async function* oneByOne(parts: Parts): AsyncGenerator<string, undefined> {
  yield* parts;
  return undefined;
}
