import fc from 'fast-check';
import { ok, type Result } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import { asWritten, neutralised } from './csv-formulas.ts';
import { csvLine } from './export-rows.ts';
import { PRODUCT_COLUMNS } from './import-columns.ts';
import type { ReceivedRow } from './import-jobs.port.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import type { SourceRow } from './receive-import.use-case.ts';

/** In parts of whatever size: where a file is cut on its way says nothing. */
async function* inParts(text: string, sizes: readonly number[]) {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  for (const size of sizes) {
    yield ok(bytes.slice(at, at + size));
    at += size;
  }
  yield ok(bytes.slice(at));
}

async function all(rows: AsyncIterable<SourceRow>): Promise<readonly SourceRow[]> {
  const read: SourceRow[] = [];
  for await (const row of rows) read.push(row);
  return read;
}

const value = (row: Result<ReceivedRow, unknown>) => row._unsafeUnwrap();

const cell = fc.string({
  unit: fc.constantFrom('a', ' ', ',', ';', '"', '\n', '\t', "'", '=', '-', 'ü', '😀', '1'),
});

describe('a cell', () => {
  it('that was neutralised is no formula, and becomes what it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', '1') }),
        (text) => {
          expect(neutralised(text)).not.toMatch(/^[=+\-@\t\r]/);
          expect(asWritten(neutralised(text))).toBe(text);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(['plain', "it's", "'quoted'", '', '1.99'])(
    'that was never a danger stays: %s',
    (text) => {
      expect(neutralised(text)).toBe(text);
      expect(asWritten(text)).toBe(text);
    },
  );
});

describe('a file', () => {
  it('of any cells is read as it was written, wherever it is cut on its way', async () => {
    const columns = PRODUCT_COLUMNS.slice(10, 13);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }),
        fc.array(fc.nat(9), { maxLength: 20 }),
        async (rows, sizes) => {
          const text = [columns, ...rows].map((cells) => csvLine(cells)).join('');
          const read = await all(readCsv(inParts(text, sizes)));
          const kept = rows.filter((cells) => cells.some((one) => neutralised(one).trim() !== ''));
          expect(
            read.map((row) => {
              const received = value(row);
              return 'cells' in received ? columns.map((name) => received.cells[name]) : received;
            }),
          ).toEqual(kept.map((cells) => [...cells]));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of any text whatever is read or refused, and never brings the reader down', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(readCsv, readNdjson), async (noise, read) => {
        const file = (async function* () {
          yield ok(new TextEncoder().encode('sku,name\n'));
          yield ok(noise);
        })();
        const rows = await all(read(file));
        // Whatever comes after an error is not looked at.
        expect(rows.slice(0, -1).every((row) => row.isOk())).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('tells the line in which a row begins, over cells of several lines', async () => {
    const text = 'sku,name\r\nA,"two\r\nlines"\r\n\r\nB,b\r\nC\r\n';
    const rows = (await all(readCsv(inParts(text, [3])))).map(value);
    expect(rows).toEqual([
      { line: 2, cells: { sku: 'A', name: 'two\r\nlines' } },
      { line: 5, cells: { sku: 'B', name: 'b' } },
      { line: 6, defect: { code: 'catalog.import_unreadable_row', reason: 'too_few_cells' } },
    ]);
  });
});
