import { ok, type Result } from 'neverthrow';

import { LONGEST_LINE_BYTES, refuse, type FileLine } from './file-lines.ts';
import type { UnreadableImport } from './receive-import.use-case.ts';

/** The cells of a record, and the line in which it begins. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

type OpenRecord = { readonly line: number; readonly cells: string[]; cell: string };

const MOST_CELLS = 1_000;

/**
 * Reads records of RFC 4180, line by line: what stands in quotes may go over several lines. A quote that stands
 * where none can be, or that is never closed, is an error of the file: nobody knows what comes after it.
 */
export class CsvReader {
  readonly #delimiter: string;
  /** What was read of a record whose quotes are still open. */
  #open: OpenRecord | null = null;
  #openLength = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The record that ends with this line, if one does. */
  read({ number, text }: FileLine): Result<CsvRecord | null, UnreadableImport> {
    if (text === null) return refuse(this.#open?.line ?? number, 'row_too_long');
    if (this.#open === null && !text.includes('"')) {
      const line = text.endsWith('\r') ? text.slice(0, -1) : text;
      const cells = line.split(this.#delimiter, MOST_CELLS + 1);
      return cells.length > MOST_CELLS
        ? refuse(number, 'too_many_columns')
        : ok({ line: number, cells });
    }
    return this.#readQuoted(number, text);
  }

  /** After the last line. */
  end(): Result<null, UnreadableImport> {
    return this.#open === null ? ok(null) : refuse(this.#open.line, 'open_quote');
  }

  #readQuoted(number: number, text: string): Result<CsvRecord | null, UnreadableImport> {
    const open = this.#open ?? { line: number, cells: [], cell: '' };
    let at = 0;
    if (this.#open === null) {
      this.#openLength = 0;
    } else {
      const end = this.#takeQuoted(open, text, 0);
      if (end === null) return this.#goOn(open, text.length);
      if (!this.#endsCell(text, end)) return refuse(number, 'stray_quote');
      open.cells.push(open.cell);
      if (this.#isEnd(text, end)) return this.#closed(open);
      at = end + 1;
    }
    for (;;) {
      if (open.cells.length > MOST_CELLS) return refuse(open.line, 'too_many_columns');
      if (text[at] === '"') {
        open.cell = '';
        const end = this.#takeQuoted(open, text, at + 1);
        if (end === null) return this.#goOn(open, text.length);
        if (!this.#endsCell(text, end)) return refuse(number, 'stray_quote');
        open.cells.push(open.cell);
        at = end;
      } else {
        const next = text.indexOf(this.#delimiter, at);
        const end = next === -1 ? endOf(text) : next;
        const cell = text.slice(at, end);
        if (cell.includes('"')) return refuse(number, 'stray_quote');
        open.cells.push(cell);
        at = end;
      }
      if (this.#isEnd(text, at)) return this.#closed(open);
      at += 1;
    }
  }

  /** The place behind the closing quote; null where the line ends before it. */
  #takeQuoted(open: { cell: string }, text: string, from: number): number | null {
    let at = from;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1) {
        open.cell += `${text.slice(at)}\n`;
        return null;
      }
      open.cell += text.slice(at, quote);
      if (text[quote + 1] !== '"') return quote + 1;
      open.cell += '"';
      at = quote + 2;
    }
  }

  #endsCell(text: string, at: number): boolean {
    return this.#isEnd(text, at) || text[at] === this.#delimiter;
  }

  #isEnd(text: string, at: number): boolean {
    return at >= endOf(text);
  }

  #goOn(open: OpenRecord, length: number): Result<null, UnreadableImport> {
    this.#open = open;
    this.#openLength += length + 1;
    return this.#openLength > LONGEST_LINE_BYTES ? refuse(open.line, 'open_quote') : ok(null);
  }

  #closed({ line, cells }: OpenRecord): Result<CsvRecord, never> {
    this.#open = null;
    return ok({ line, cells });
  }
}

/** Without the carriage return of a line that ends as in RFC 4180. */
function endOf(text: string): number {
  return text.endsWith('\r') ? text.length - 1 : text.length;
}
