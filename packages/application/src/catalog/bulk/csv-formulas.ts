/** What a spreadsheet takes for a formula, and what was kept from being taken for one. */
const FORMULA = /^'*[=+\-@\t\r]/;
const NEUTRALISED = /^'+[=+\-@\t\r]/;

/** A cell that no spreadsheet runs: an apostrophe in front of it says that it is text. */
export function neutralised(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before it was neutralised. */
export function asWritten(cell: string): string {
  return NEUTRALISED.test(cell) ? cell.slice(1) : cell;
}
