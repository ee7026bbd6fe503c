import { readFile, writeFile } from 'node:fs/promises';

import type { Figures } from './load.ts';

type Row = Figures & { readonly cpu: number | null };

export type OrderFigures = {
  readonly at: string;
  readonly cores: number;
  readonly orders: number;
  readonly clients: number;
  readonly checkout: Row;
  readonly http: Row;
  readonly pgbench: Row | null;
};

const PAGE = new URL('../../../../../docs/performance.md', import.meta.url);
const BEGIN = '<!-- bench:orders -->';
const END = '<!-- /bench:orders -->';

/** Puts the figures between the marks of the page. */
export async function writeOrdersTable(figures: OrderFigures): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before === -1 || after === -1) throw new Error('docs/performance.md has no place for them.');
  const head = page.slice(0, before + BEGIN.length);
  await writeFile(PAGE, `${head}\n\n${tableOf(figures)}\n\n${page.slice(after)}`);
}

function tableOf({ orders, clients, checkout, http, pgbench, ...machine }: OrderFigures): string {
  const rows: readonly (readonly [string, Row | null])[] = [
    ['whole checkouts of guests by 1 client', checkout],
    [`${orders} orders by ${clients} clients`, http],
    ['the same bare SQL by `pgbench`', pgbench],
  ];
  const lines = rows.map(([what, row]) =>
    row === null
      ? `| ${what} | – | – | – | – |`
      : `| ${what} | ${row.perSecond.toFixed(0)} | ${row.p50.toFixed(1)} | ${row.p99.toFixed(1)} | ${row.cpu?.toFixed(1) ?? '–'} |`,
  );
  const share =
    pgbench === null
      ? 'Without `pgbench` there is nothing to compare with.'
      : `Over HTTP that is ${(http.perSecond / pgbench.perSecond).toFixed(2)} of what bare SQL does.`;
  return [
    '| What | a second | p50, ms | p99, ms | CPU, ms each |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `${share} ${machine.cores} cores, ${machine.at.slice(0, 10)}.`,
  ].join('\n');
}
