import type { Size } from './sizes.ts';

const START = '<!-- sizes -->';
const END = '<!-- /sizes -->';
const ROW = /^\| (.+?) +\| +([\d,]+) \| +([\d,]+) \|$/gm;

/** Sizes as a table for people. */
export function sizesTable(sizes: readonly Size[]): string {
  const rows = sizes.map(({ what, minified, gzipped }) => [
    what,
    minified.toLocaleString('en'),
    gzipped.toLocaleString('en'),
  ]);
  const table = [['Import', 'minified', 'gzipped'], ...rows];
  const widths = [0, 1, 2].map((at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  const lines = table.map(
    ([what = '', minified = '', gzipped = '']) =>
      `| ${what.padEnd(widths[0] ?? 0)} | ${minified.padStart(widths[1] ?? 0)} | ${gzipped.padStart(widths[2] ?? 0)} |`,
  );
  const rule = `| ${'-'.repeat(widths[0] ?? 0)} | ${'-'.repeat((widths[1] ?? 1) - 1)}: | ${'-'.repeat((widths[2] ?? 1) - 1)}: |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/** The table that a page holds between its two marks. */
export function sizesInReadme(page: string): Size[] {
  const table = page.slice(page.indexOf(START), page.indexOf(END));
  return [...table.matchAll(ROW)].map(([, what = '', minified = '', gzipped = '']) => ({
    what,
    minified: Number(minified.replaceAll(',', '')),
    gzipped: Number(gzipped.replaceAll(',', '')),
  }));
}

/** The page with these sizes in its table. */
export function withSizes(page: string, sizes: readonly Size[]): string {
  const before = page.slice(0, page.indexOf(START));
  const after = page.slice(page.indexOf(END));
  return `${before}${START}\n\n${sizesTable(sizes)}\n\n${after}`;
}
