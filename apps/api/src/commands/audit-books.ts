import { auditBooks, type BooksReport, type Database } from '@kastoma/adapters-postgres';

import { tableOf } from './table.ts';

const MOST_OF_EACH = 1_000;

/** Prints what of all books does not add up, as a table or as JSON. Says whether they do. */
export async function printAudit(database: Database, asJson: boolean): Promise<boolean> {
  const report = await auditBooks(database, MOST_OF_EACH);
  process.stdout.write(asJson ? `${JSON.stringify(report)}\n` : textOf(report));
  return report.off.length === 0;
}

function textOf({ figures, off }: BooksReport): string {
  const verdict = off.length === 0 ? 'The books add up.' : `${off.length} lines are off.`;
  const rows = off.map(({ invariant, subject, expected, found }) => [
    invariant,
    subject,
    expected,
    found,
  ]);
  const table = off.length === 0 ? [] : tableOf([HEAD, ...rows]);
  const sums = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  return `${[...table, verdict, sums.join(', ')].join('\n')}\n`;
}

const HEAD = ['INVARIANT', 'SUBJECT', 'EXPECTED', 'FOUND'];
