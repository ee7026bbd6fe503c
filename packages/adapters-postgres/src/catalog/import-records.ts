import type { ImportFormat, ImportStatus, ImportView } from '@kastoma/application/catalog';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, instantOrNull } from '../core/timestamp.ts';

export type ImportRecord = {
  id: string;
  format: ImportFormat;
  dry_run: boolean;
  status: ImportStatus;
  started_by: string;
  total_rows: number;
  done_rows: number;
  created: number;
  updated: number;
  unchanged: number;
  failed_rows: number;
  created_at: Date;
  finished_at: Date | null;
};

export function importColumns(sql: Queryable) {
  return sql`
    id, format, dry_run, status, started_by, total_rows, done_rows, created, updated, unchanged,
    failed_rows, created_at, finished_at
  `;
}

export function toImportView(row: ImportRecord): ImportView {
  return {
    id: row.id,
    format: row.format,
    dryRun: row.dry_run,
    status: row.status,
    startedBy: row.started_by,
    totalRows: row.total_rows,
    doneRows: row.done_rows,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    failedRows: row.failed_rows,
    createdAt: fromTimestamp(row.created_at),
    finishedAt: instantOrNull(row.finished_at),
  };
}
