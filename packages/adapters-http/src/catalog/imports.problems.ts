import type {
  ContradictingRow,
  ImportNotFound,
  InterruptedImport,
  InvalidImportValue,
  MissingImportValue,
  RepeatedImportSku,
  TooLargeImport,
  UnknownImportField,
  UnreadableImport,
  UnreadableRow,
} from '@kastoma/application/catalog';

import type { ProblemMap } from '../core/problem-map.ts';

export type ImportError =
  | ContradictingRow
  | ImportNotFound
  | InterruptedImport
  | InvalidImportValue
  | MissingImportValue
  | RepeatedImportSku
  | TooLargeImport
  | UnknownImportField
  | UnreadableImport
  | UnreadableRow;

const FILE_REASONS = {
  empty: 'The file has no first line that names its columns.',
  encoding: 'The file is not in UTF-8.',
  nul: 'The file has a NUL character.',
  open_quote: 'A quote is opened and never closed.',
  stray_quote: 'A quote stands where none can be: around a whole cell, or doubled within one.',
  row_too_long: 'The line is too long.',
  too_many_columns: 'The line has too many columns.',
  unknown_column: 'The column is not known here.',
  repeated_column: 'The column is there twice.',
  missing_column: 'The column is missing.',
  too_many_rows: 'The file has too many rows.',
} as const satisfies Record<UnreadableImport['reason'], string>;

const ROW_REASONS = {
  not_json: 'The line is not JSON.',
  not_an_object: 'The line is not a JSON object.',
  not_text: 'A text is not well-formed Unicode, or has a NUL character.',
  too_long: 'The line is too long.',
  too_many_cells: 'The row has more cells than there are columns.',
  too_few_cells: 'The row has fewer cells than there are columns.',
} as const satisfies Record<UnreadableRow['reason'], string>;

const EXPECTED = {
  amount: 'An amount has a point and all digits of its currency: 19.99.',
  currency: 'A currency is a code of ISO 4217: USD.',
  id: 'An id is a UUID.',
  json: 'It is not the JSON that stands here.',
  status: 'A status is draft, published or archived.',
  text: 'It is not a text that can stand here.',
  whole_number: 'A whole number is wanted.',
} as const satisfies Record<InvalidImportValue['expected'], string>;

export const IMPORT_PROBLEMS: ProblemMap<ImportError> = {
  'catalog.import_contradiction': {
    status: 422,
    describe: ({ firstLine }) =>
      `It says something else of the product than the first row of it, in line ${firstLine}.`,
    detail: ({ firstLine }) => ({ first_line: firstLine }),
  },
  'catalog.import_interrupted': {
    status: 400,
    describe: () => 'The file did not arrive to its end; nothing of it was taken.',
  },
  'catalog.import_invalid_value': {
    status: 422,
    describe: ({ expected }) => EXPECTED[expected],
    detail: ({ expected }) => ({ expected }),
  },
  'catalog.import_missing_value': { status: 422, describe: () => 'It is empty.' },
  'catalog.import_not_found': { status: 404, describe: () => 'There is no such import.' },
  'catalog.import_repeated_sku': {
    status: 422,
    describe: ({ firstLine }) => `Line ${firstLine} has the same SKU; it is the one that holds.`,
    detail: ({ firstLine }) => ({ first_line: firstLine }),
  },
  'catalog.import_too_large': {
    status: 413,
    describe: ({ maximumBytes }) => `A file has at most ${maximumBytes} bytes.`,
  },
  'catalog.import_unknown_field': {
    status: 422,
    describe: ({ field }) => `The field ${field} is not known here.`,
    detail: ({ field }) => ({ field }),
  },
  'catalog.import_unreadable': {
    status: 422,
    describe: ({ line, reason, column }) =>
      `Line ${line}: ${FILE_REASONS[reason]}${column === null ? '' : ` (${column})`}`,
    detail: ({ line, reason, column }) => ({ line, reason, column }),
  },
  'catalog.import_unreadable_row': {
    status: 422,
    describe: ({ reason }) => ROW_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
  },
};
