import { err, ok, Result } from 'neverthrow';

import { barred } from './barred-list.ts';
import { linesOf, type FileBytes, type FileLine } from './file-lines.ts';
import { isProductColumn, type ImportCells, type ProductColumn } from './import-columns.ts';
import type { ReceivedRow } from './import-jobs.port.ts';
import type { UnknownImportField, UnreadableRow } from './import-problem.ts';
import type { SourceRow } from './receive-import.use-case.ts';

const LONGEST_TOLD_NAME = 60;

const parseJson = Result.fromThrowable((text: string): unknown => JSON.parse(text));

/** The rows of a file with one JSON object a line. A broken line is that line's defect. */
export async function* readNdjson(bytes: FileBytes): AsyncGenerator<SourceRow> {
  for await (const lines of linesOf(bytes)) {
    if (lines.isErr()) {
      yield err(lines.error);
      return;
    }
    for (const line of lines.value) if (line.text?.trim() !== '') yield ok(toRow(line));
  }
}

function toRow({ number: line, text }: FileLine): ReceivedRow {
  if (text === null) return defective(line, 'too_long');
  const json = parseJson(text);
  if (json.isErr()) return defective(line, 'not_json');
  const value = json.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return defective(line, 'not_an_object');
  const cells: { [Column in ProductColumn]?: string } = {};
  for (const [name, given] of Object.entries(value)) {
    if (!isProductColumn(name)) {
      const field = name.slice(0, LONGEST_TOLD_NAME).toWellFormed().replaceAll('\0', '');
      return { line, defect: { code: 'catalog.import_unknown_field', field } };
    }
    const cell = toCell(name, given);
    if (!cell.isWellFormed() || cell.includes('\0')) return defective(line, 'not_text');
    cells[name] = cell;
  }
  return { line, cells: cells satisfies ImportCells };
}

/** What a CSV file would hold in that place; null is what an empty cell is. */
function toCell(column: ProductColumn, value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  const isTags = column === 'tags' && Array.isArray(value);
  return isTags && value.every((tag) => typeof tag === 'string')
    ? barred(value)
    : JSON.stringify(value);
}

function defective(
  line: number,
  reason: UnreadableRow['reason'],
): { readonly line: number; readonly defect: UnreadableRow | UnknownImportField } {
  return { line, defect: { code: 'catalog.import_unreadable_row', reason } };
}
