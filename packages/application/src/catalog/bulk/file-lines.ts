import { err, ok, Result } from 'neverthrow';

import type { NotArrived, UnreadableImport } from './receive-import.use-case.ts';

/** The bytes of a file as they arrive; an error where they stop arriving. */
export type FileBytes = AsyncIterable<Result<Uint8Array, NotArrived>>;

/** A line without its end, and its number; a text that is null is one that was too long to be kept. */
export type FileLine = { readonly number: number; readonly text: string | null };

/** Longer than any product can be. */
export const LONGEST_LINE_BYTES = 1_000_000;

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\u{FEFF}';

const decode = Result.fromThrowable((bytes: Uint8Array) =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
);

/**
 * The lines of a file, a few thousand at a time, in strict UTF-8. No more of the file is held than
 * what arrived at once and one line.
 */
export async function* linesOf(
  bytes: FileBytes,
): AsyncGenerator<Result<readonly FileLine[], UnreadableImport | NotArrived>> {
  const lines = new LineReader();
  for await (const arrived of bytes) {
    const read = arrived.andThen((chunk) => lines.read(chunk));
    yield read;
    if (read.isErr()) return;
  }
  yield lines.end();
}

class LineReader {
  #begun: Uint8Array[] = [];
  #begunBytes = 0;
  #isSkipping = false;
  #number = 0;

  read(chunk: Uint8Array): Result<readonly FileLine[], UnreadableImport> {
    const lastEnd = chunk.lastIndexOf(LINE_FEED);
    if (lastEnd === -1) {
      this.#keep(chunk);
      return ok([]);
    }
    const firstEnd = chunk.indexOf(LINE_FEED);
    const first = this.#closed(chunk.subarray(0, firstEnd));
    return first.andThen((line) =>
      this.#whole(chunk.subarray(firstEnd + 1, lastEnd + 1)).map((others) => {
        this.#keep(chunk.subarray(lastEnd + 1));
        return [line, ...others];
      }),
    );
  }

  end(): Result<readonly FileLine[], UnreadableImport> {
    const isOpen = this.#begunBytes > 0 || this.#isSkipping;
    return isOpen ? this.#closed(new Uint8Array()).map((line) => [line]) : ok([]);
  }

  #keep(part: Uint8Array): void {
    if (this.#isSkipping || part.length === 0) return;
    this.#begunBytes += part.length;
    this.#isSkipping = this.#begunBytes > LONGEST_LINE_BYTES;
    if (this.#isSkipping) this.#begun = [];
    else this.#begun.push(part.slice());
  }

  /** The line that was begun, with its last part. */
  #closed(part: Uint8Array): Result<FileLine, UnreadableImport> {
    this.#keep(part);
    const parts = this.#begun;
    const isTooLong = this.#isSkipping;
    const size = this.#begunBytes;
    this.#begun = [];
    this.#begunBytes = 0;
    this.#isSkipping = false;
    this.#number += 1;
    const number = this.#number;
    if (isTooLong) return ok({ number, text: null });
    return textOf(joined(parts, size), number).map((text) => ({
      number,
      text: number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text,
    }));
  }

  /** Lines that are whole, read at once; one by one where some byte of them is none of UTF-8. */
  #whole(block: Uint8Array): Result<readonly FileLine[], UnreadableImport> {
    if (block.length === 0) return ok([]);
    const text = decode(block.subarray(0, -1));
    if (text.isErr()) return this.#firstUnreadable(block);
    const lines = text.value.split('\n').map((line, index) => ({
      number: this.#number + 1 + index,
      text: line.length > LONGEST_LINE_BYTES ? null : line,
    }));
    this.#number += lines.length;
    const nul = text.value.includes('\0')
      ? lines.find((line) => line.text?.includes('\0') === true)
      : undefined;
    return nul === undefined ? ok(lines) : refuse(nul.number, 'nul');
  }

  #firstUnreadable(block: Uint8Array): Result<never, UnreadableImport> {
    let number = this.#number;
    let start = 0;
    while (start < block.length) {
      const end = block.indexOf(LINE_FEED, start);
      number += 1;
      if (decode(block.subarray(start, end)).isErr()) break;
      start = end + 1;
    }
    return refuse(number, 'encoding');
  }
}

function textOf(bytes: Uint8Array, number: number): Result<string, UnreadableImport> {
  return decode(bytes)
    .mapErr(() => unreadable(number, 'encoding'))
    .andThen((text) => (text.includes('\0') ? refuse(number, 'nul') : ok(text)));
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function unreadable(
  line: number,
  reason: UnreadableImport['reason'],
  column: string | null = null,
): UnreadableImport {
  return { code: 'catalog.import_unreadable', line, reason, column };
}

export function refuse(
  line: number,
  reason: UnreadableImport['reason'],
  column: string | null = null,
): Result<never, UnreadableImport> {
  return err(unreadable(line, reason, column));
}
