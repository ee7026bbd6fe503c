import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import { linesOf } from './file-lines.ts';
import { readCsv } from './read-csv.ts';
import type { SourceRow } from './receive-import.use-case.ts';

type Part = string | readonly number[];

const LONG = 'x'.repeat(1_000_001);
const bytesOf = (part: Part) =>
  typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part);

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const every: Item[] = [];
  for await (const item of items) every.push(item);
  return every;
}

async function rowsOf(...parts: readonly Part[]): Promise<readonly SourceRow[]> {
  const file = (async function* () {
    for (const part of parts) yield ok(bytesOf(part));
  })();
  return all(readCsv(file));
}

async function read(...parts: readonly Part[]) {
  return (await rowsOf(...parts)).map((row) => row._unsafeUnwrap());
}

/** Why a file is refused; nothing comes after that. */
async function refusal(...parts: readonly Part[]) {
  return (await rowsOf(...parts)).at(-1)?._unsafeUnwrapErr();
}

const unreadable = (line: number, reason: string, column: string | null = null) => ({
  code: 'catalog.import_unreadable',
  line,
  reason,
  column,
});

describe('a file', () => {
  it.each([',', ';', '\t'])('may divide its cells with %j', async (delimiter) => {
    const lines = [
      ['SKU', ' Name '],
      ['A', 'Mug'],
    ].map((cells) => cells.join(delimiter));
    expect(await read(lines.join('\n'))).toEqual([{ line: 2, cells: { sku: 'A', name: 'Mug' } }]);
  });

  it('may begin with a byte order mark, which is no part of its first column', async () => {
    expect(await read('\u{FEFF}sku\nA\n')).toEqual([{ line: 2, cells: { sku: 'A' } }]);
  });

  it.each<readonly Part[][]>([[[]], [['']], [['\nsku\n']], [[' , \n']]])(
    'without a row of columns is refused: %j',
    async (parts) => {
      expect(await refusal(...parts)).toEqual(unreadable(1, 'empty'));
    },
  );

  it('whose row of columns does not end is refused', async () => {
    expect(await refusal('sku,"na\n')).toEqual(unreadable(1, 'open_quote'));
  });

  it.each([
    ['sku,colour\n', 'unknown_column', 'colour'],
    [`sku,${'c'.repeat(99)}\n`, 'unknown_column', 'c'.repeat(60)],
    ['sku,name,SKU\n', 'repeated_column', 'SKU'],
    ['name,price\n', 'missing_column', 'sku'],
  ])('whose columns are not those of a catalogue is refused: %s', async (text, reason, column) => {
    expect(await refusal(text)).toEqual(unreadable(1, reason, column));
  });

  it('that stops arriving gives what arrived, and says that it stopped', async () => {
    const file = (async function* () {
      yield ok(bytesOf('sku\nA\n'));
      yield err({ code: 'catalog.import_interrupted' as const });
      yield ok(bytesOf('B\n'));
    })();
    expect(await all(readCsv(file))).toEqual([
      ok({ line: 2, cells: { sku: 'A' } }),
      err({ code: 'catalog.import_interrupted' }),
    ]);
  });

  it.each<[string, readonly Part[], number]>([
    ['in the first line', [[0xff], '\nA\n'], 1],
    ['in a line that arrives in parts', ['sku\nA', [0xc3], '\nB\n'], 2],
    ['among lines that arrive at once', ['sku\nA', [0x0a, 0x42, 0x0a, 0xff, 0x0a, 0x0a, 0x0a]], 4],
    ['in a last line without an end', ['sku\nA\n', [0xe2, 0x82]], 3],
  ])('that is not UTF-8 is refused: %s', async (_where, parts, line) => {
    expect(await refusal(...parts)).toEqual(unreadable(line, 'encoding'));
  });

  it.each<[readonly Part[], number]>([
    [['sk\0u\n'], 1],
    [['sku\nA\nB\0\nC\n'], 3],
    [['sku\n', 'A\0'], 2],
  ])('with a NUL in it is refused: %j', async (parts, line) => {
    expect(await refusal(...parts)).toEqual(unreadable(line, 'nul'));
  });

  it('tells the line of a NUL that comes after a line too long to be kept', async () => {
    expect(await refusal(`sku\n${LONG}\nA\0\n`)).toEqual(unreadable(3, 'nul'));
  });

  it.each<[string, readonly Part[], number]>([
    ['its columns', [LONG, '\nA\n'], 1],
    ['a row that arrives at once', [`sku\n${LONG}\nA\n`], 2],
    ['a row that arrives in parts', ['sku\n', LONG, LONG, '\nA\n'], 2],
    ['a last row without an end', ['sku\nA\n', LONG], 3],
    ['a row whose quotes are open', ['sku\n"A\n', LONG, '\n'], 2],
  ])('with a line longer than any product is refused: %s', async (_what, parts, line) => {
    expect(await refusal(...parts)).toEqual(unreadable(line, 'row_too_long'));
  });
});

it('lines are without their mark and their ends, and one too long leaves those after it whole', async () => {
  const file = (async function* () {
    for (const part of ['\u{FEFF}A\n', LONG, '\nB\n', 'C']) yield ok(bytesOf(part));
  })();
  const lines = (await all(linesOf(file))).flatMap((read) => read._unsafeUnwrap());
  expect(lines).toEqual([
    { number: 1, text: 'A' },
    { number: 2, text: null },
    { number: 3, text: 'B' },
    { number: 4, text: 'C' },
  ]);
});

it('nothing of a file is read behind the place where it cannot be', async () => {
  const file = (async function* () {
    yield ok(bytesOf('A\n'));
    yield ok(bytesOf([0xff, 0x0a]));
    yield ok(bytesOf('C\n'));
  })();
  expect(await all(linesOf(file))).toEqual([
    ok([{ number: 1, text: 'A' }]),
    err(unreadable(2, 'encoding')),
  ]);
});

describe('quotes', () => {
  it('hold delimiters, ends of lines and quotes', async () => {
    const text = 'sku,name,description\nA,"a ""big"", blue","two\n\nlines"\n"B\n","b",c\n';
    expect(await read(text)).toEqual([
      { line: 2, cells: { sku: 'A', name: 'a "big", blue', description: 'two\n\nlines' } },
      { line: 5, cells: { sku: 'B\n', name: 'b', description: 'c' } },
    ]);
  });

  it.each([
    ['A,"b"c\n', 2],
    ['A,b"c\n', 2],
    ['A,"b\nc"d\n', 3],
  ])('where none can be are refused: %j', async (text, line) => {
    expect(await refusal(`sku,name\n${text}`)).toEqual(unreadable(line, 'stray_quote'));
  });

  it('that are never closed are refused, told by the line that opened them', async () => {
    expect(await refusal('sku,name\nA,a\nB,"b\nC,c\n')).toEqual(unreadable(3, 'open_quote'));
  });

  it('that stay open over more than any product can be are refused before the end', async () => {
    const half = 'x'.repeat(600_000);
    const rows = await rowsOf(`sku\n"${half}\n${half}\n"\nB\n`);
    expect(rows).toEqual([err(unreadable(2, 'open_quote'))]);
  });
});

describe('a row', () => {
  it('with more or fewer cells than columns is a defect, and the others are read', async () => {
    const defect = (reason: string) => ({ code: 'catalog.import_unreadable_row', reason });
    expect(await read('sku,name\nA,a,1\nB\nC,c\n')).toEqual([
      { line: 2, defect: defect('too_many_cells') },
      { line: 3, defect: defect('too_few_cells') },
      { line: 4, cells: { sku: 'C', name: 'c' } },
    ]);
  });

  it.each(['', '""'])('of a thousand and one cells is refused, begun with %j', async (first) => {
    const cells = (commas: number) => `sku\n${first}${','.repeat(commas)}\n`;
    expect(await refusal(cells(1_001))).toEqual(unreadable(2, 'too_many_columns'));
  });
});
