import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

const REPORT = new URL('../../../../docs/reliability.md', import.meta.url);

/** Puts the figures of a drill where the page about reliability has a place of that name. */
export async function writeReport(place: string, lines: readonly string[]): Promise<void> {
  const page = await readFile(REPORT, 'utf8');
  const [begins, ends] = [`<!-- ${place} -->`, `<!-- end of ${place} -->`];
  const [before, rest] = page.split(begins);
  const after = rest?.split(ends)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/reliability.md has no place for ${place}.`);
  const block = [begins, '', ...lines, '', ends].join('\n');
  await writeFile(REPORT, `${before}${block}${after}`);
}

/** On what a drill ran. */
export function machine(): string {
  const [core] = cpus();
  return `${cpus().length} cores (${core?.model.trim() ?? 'unknown'}), Node.js ${process.version}`;
}

/** Rows of a Markdown table; the first one is its head. */
export function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${(widths ?? []).map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0] ?? '', rule, ...lines.slice(1)];
}
