import type { BenchCase } from './catalogue-cases.ts';
import type { Measured } from './measured-reads.ts';

export type Figure = {
  readonly name: string;
  readonly kind: BenchCase['kind'];
  readonly clients: number;
  readonly products: number;
  readonly cold: Measured;
  readonly warm: Measured;
};

const BEGIN = '<!-- catalogue reads: made by `npm run bench:catalogue -- --write` -->';
const END = '<!-- end of catalogue reads -->';
const LIMITS = { product: 1.2, bounded: 3, reported: null } as const;

/** The page with the table of these figures in its place. */
export function withTable(page: string, table: string): string {
  const [before, rest] = [page.split(BEGIN)[0] ?? '', page.split(END)[1] ?? ''];
  return `${before}${BEGIN}\n\n${table}\n\n${END}${rest}`;
}

/** A row a read and number of clients: what it costs in each shop, and how that grows from the smallest to the largest. */
export function growthPage(figures: readonly Figure[]): string {
  const sizes = [...new Set(figures.map(({ products }) => products))];
  const header = [
    'Read',
    'Clients',
    'Statements cold / warm',
    ...sizes.map((size) => size.toLocaleString('en')),
    'Warm, largest',
    'Growth of median / CPU',
    'Limit',
  ];
  const rows = grouped(figures).map((row) => rowOf(row));
  return table(header, rows);
}

function rowOf(row: readonly Figure[]): readonly string[] {
  const [first, last] = [row[0], row.at(-1)];
  if (first === undefined || last === undefined) return [];
  const limit = LIMITS[first.kind];
  const summaries = row.map(summaryOf);
  const statements = summaries.map(({ cold, warm }) => `${cold.statements} / ${warm.statements}`);
  const growth = [medianOf, cpuOf].map((of) => (of(last.cold) / of(first.cold)).toFixed(1));
  const told = ({ median, slowest, cpu }: Summary) => `${median} / ${slowest} / ${cpu}`;
  return [
    first.name,
    String(first.clients),
    [...new Set(statements)].join(', '),
    ...summaries.map(({ cold }) => told(cold)),
    told(summaryOf(last).warm),
    growth.join(' / '),
    limit === null ? '–' : String(limit),
  ];
}

type Summary = ReturnType<typeof summed>;

/** What is told of a read: times in milliseconds, statements and CPU a request. */
export function summaryOf({ name, clients, products, cold, warm }: Figure) {
  return { read: name, clients, products, cold: summed(cold), warm: summed(warm) };
}

function summed(measured: Measured) {
  return {
    requests: measured.latencies.length,
    statements: Number((measured.statements / measured.latencies.length).toFixed(1)),
    median: rounded(medianOf(measured)),
    slowest: rounded(percentile(measured, 0.99)),
    cpu: rounded(cpuOf(measured)),
  };
}

/** In the order in which they were measured. */
export function grouped(figures: readonly Figure[]): readonly (readonly Figure[])[] {
  const rows = Map.groupBy(figures, ({ name, clients }) => `${clients} ${name}`);
  return [...rows.values()];
}

function medianOf(measured: Measured): number {
  return percentile(measured, 0.5);
}

/** Of the API and the database, in milliseconds a request. */
export function cpuOf({ latencies, apiSeconds, databaseSeconds }: Measured): number {
  return ((apiSeconds + databaseSeconds) * 1_000) / latencies.length;
}

function percentile({ latencies }: Measured, share: number): number {
  return (
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN
  );
}

function rounded(milliseconds: number): number {
  return Number(milliseconds.toFixed(milliseconds < 10 ? 1 : 0));
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(...[name, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [
    line(header),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}
