/**
 * Ids, numbers, times and truth values as PostgreSQL writes an array of them. They need no quotes, and are put
 * together at once, where the driver looks through each for what must be escaped.
 */
export function plainArray(values: readonly (string | number | bigint | boolean | null)[]): string {
  return `{${values.map((value) => (value === null ? 'null' : String(value))).join(',')}}`;
}
