import {
  csvLine,
  type ImportProblem,
  type ImportQueries,
  type ImportView,
  type ReportPlace,
} from '@kastoma/application/catalog';
import { formatInstant } from '@kastoma/domain/core';

import { tell } from '../core/problems.ts';

export function presentImport(view: ImportView) {
  const { created, updated, unchanged, failedRows } = view;
  return {
    id: view.id,
    format: view.format,
    dry_run: view.dryRun,
    status: view.status,
    total_rows: view.totalRows,
    done_rows: view.doneRows,
    counts: { created, updated, unchanged, failed_rows: failedRows },
    started_by: view.startedBy,
    created_at: formatInstant(view.createdAt),
    finished_at: view.finishedAt === null ? null : formatInstant(view.finishedAt),
  };
}

export function presentImportProblem({ line, sku, column, error }: ImportProblem) {
  const { code, message } = tell(error).problem;
  return { line, sku, column, code, message };
}

const ROWS_AT_ONCE = 1_000;

/** A whole report as a file. */
export async function* reportFile(
  queries: Pick<ImportQueries, 'report'>,
  id: string,
  format: 'csv' | 'ndjson',
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(['line', 'sku', 'column', 'code', 'message']);
  let after: ReportPlace | null = null;
  do {
    const page = await queries.report(id, { after, pageSize: ROWS_AT_ONCE });
    if (page.isErr()) return;
    yield page.value.items
      .map(presentImportProblem)
      .map((problem) =>
        format === 'csv'
          ? csvLine([
              String(problem.line),
              problem.sku ?? '',
              problem.column ?? '',
              problem.code,
              problem.message,
            ])
          : `${JSON.stringify(problem)}\n`,
      )
      .join('');
    after = page.value.next;
  } while (after !== null);
}
