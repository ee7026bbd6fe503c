import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';

import { parse, type InfoRecord } from 'csv-parse';

import { Refused } from './refused.ts';

/** One line of the file, as text. */
export type FileLine = {
  /** Where it stands in the file, counted from 1; the names of the columns are the first one. */
  readonly number: number;
  readonly invoice: string;
  readonly code: string;
  readonly description: string;
  readonly quantity: string;
  readonly price: string;
  readonly customer: string;
  readonly country: string;
  /** False when it has more or fewer fields than there are columns. */
  readonly wellFormed: boolean;
};

const COLUMNS = {
  invoice: 'InvoiceNo',
  code: 'StockCode',
  description: 'Description',
  quantity: 'Quantity',
  price: 'UnitPrice',
  customer: 'CustomerID',
  country: 'Country',
} as const;

type Field = keyof typeof COLUMNS;
type Parsed = { readonly record: readonly string[]; readonly info: InfoRecord };

/** Reads the file line by line: the full one has half a million and is never held as a whole. */
export async function* readInvoiceFile(path: string): AsyncGenerator<FileLine> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  // A failure of the source destroys the parser, and so reaches the loop below.
  pipeline(Readable.from(decode(path, await encodingOf(path))), parser, () => undefined);
  let header: readonly string[] | null = null;
  for await (const parsed of parser) {
    const { record, info } = parsed as Parsed;
    if (header === null) {
      header = record.map((name) => name.trim());
      requireColumns(header);
    } else {
      yield toLine(header, record, info.lines);
    }
  }
  if (header === null) throw new Refused(`${path} is empty.`);
}

function requireColumns(header: readonly string[]): void {
  const missing = Object.values(COLUMNS).filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new Refused(
      `The first line of the file does not name the columns ${missing.join(', ')}.`,
    );
  }
}

function toLine(header: readonly string[], record: readonly string[], number: number): FileLine {
  const field = (name: Field) => record[header.indexOf(COLUMNS[name])] ?? '';
  return {
    number,
    invoice: field('invoice'),
    code: field('code'),
    description: field('description'),
    quantity: field('quantity'),
    price: field('price'),
    customer: field('customer'),
    country: field('country'),
    wellFormed: record.length === header.length,
  };
}

type Encoding = 'utf-8' | 'windows-1252';

/** Copies of the file exist in both encodings: pound signs in descriptions tell them apart. */
async function encodingOf(path: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (isNotUtf8(error)) return 'windows-1252';
    throw new Refused(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function isNotUtf8(error: unknown): boolean {
  return (
    error instanceof TypeError &&
    'code' in error &&
    error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  );
}

async function* decode(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path)) {
    yield decoder.decode(chunk as Buffer, { stream: true });
  }
  yield decoder.decode();
}
