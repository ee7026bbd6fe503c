import { err, ok, type Result } from 'neverthrow';

import { asWritten } from './csv-formulas.ts';
import { CsvReader, type CsvRecord } from './csv-records.ts';
import { linesOf, refuse, type FileBytes, type FileLine } from './file-lines.ts';
import { isProductColumn, type ImportCells, type ProductColumn } from './import-columns.ts';
import type { ReceivedRow } from './import-jobs.port.ts';
import type { SourceRow, UnreadableImport } from './receive-import.use-case.ts';

const DELIMITERS = [',', ';', '\t'] as const;
const LONGEST_TOLD_NAME = 60;

/** The rows of a CSV file whose first line names the columns; commas, semicolons or tabs divide its cells. */
export async function* readCsv(bytes: FileBytes): AsyncGenerator<SourceRow> {
  const table = new CsvTable();
  for await (const lines of linesOf(bytes)) {
    if (lines.isErr()) {
      yield err(lines.error);
      return;
    }
    for (const line of lines.value) {
      const row = table.read(line);
      if (row.isErr() || row.value !== null) yield row as SourceRow;
      if (row.isErr()) return;
    }
  }
  const ended = table.end();
  if (ended.isErr()) yield err(ended.error);
}

class CsvTable {
  #reader: CsvReader | null = null;
  #columns: readonly ProductColumn[] | null = null;

  read(line: FileLine): Result<ReceivedRow | null, UnreadableImport> {
    this.#reader ??= new CsvReader(delimiterOf(line.text ?? ''));
    return this.#reader
      .read(line)
      .andThen((record) => (record === null ? ok(null) : this.#take(record)));
  }

  end(): Result<null, UnreadableImport> {
    return this.#reader === null ? refuse(1, 'empty') : this.#reader.end();
  }

  #take({ line, cells }: CsvRecord): Result<ReceivedRow | null, UnreadableImport> {
    const isBlank = cells.every((cell) => cell.trim() === '');
    if (this.#columns === null)
      return isBlank
        ? refuse(line, 'empty')
        : readHeader(cells, line).map((columns) => {
            this.#columns = columns;
            return null;
          });
    return ok(isBlank ? null : toRow(this.#columns, cells, line));
  }
}

function toRow(
  columns: readonly ProductColumn[],
  cells: readonly string[],
  line: number,
): ReceivedRow {
  if (cells.length !== columns.length) {
    const reason = cells.length > columns.length ? 'too_many_cells' : 'too_few_cells';
    return { line, defect: { code: 'catalog.import_unreadable_row', reason } };
  }
  const named: { [Column in ProductColumn]?: string } = {};
  for (const [index, column] of columns.entries())
    named[column] = asWritten(cells[index] as string);
  return { line, cells: named satisfies ImportCells };
}

function readHeader(
  cells: readonly string[],
  line: number,
): Result<readonly ProductColumn[], UnreadableImport> {
  const columns: ProductColumn[] = [];
  for (const cell of cells) {
    const name = cell.trim().toLowerCase();
    const told = cell.slice(0, LONGEST_TOLD_NAME);
    if (!isProductColumn(name)) return refuse(line, 'unknown_column', told);
    if (columns.includes(name)) return refuse(line, 'repeated_column', told);
    columns.push(name);
  }
  return columns.includes('sku') ? ok(columns) : refuse(line, 'missing_column', 'sku');
}

/** No column has any of them in its name: the one that stands in the first line most often divides the cells. */
function delimiterOf(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.reduce<string>(
    (best, delimiter) => (count(delimiter) > count(best) ? delimiter : best),
    ',',
  );
}
