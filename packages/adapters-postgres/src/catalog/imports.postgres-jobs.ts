import type {
  ImportChunk,
  ImportCounts,
  ImportJobs,
  ImportProblem,
  ImportView,
  TakenImport,
} from '@kastoma/application/catalog';
import type { Sku } from '@kastoma/domain/catalog';
import type { Instant } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { importColumns, toImportView, type ImportRecord } from './import-records.ts';

export class PostgresImportJobs implements ImportJobs {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  async open({ id, format, dryRun, startedBy, at }: Parameters<ImportJobs['open']>[0]) {
    await this.#sql`
      insert into catalog.imports (
        id, format, dry_run, status, started_by, created_at, received_at
      )
      values (
        ${id}, ${format}, ${dryRun}, 'receiving', ${startedBy}, ${toTimestamp(at)}, ${toTimestamp(at)}
      )
    `;
  }

  async append(
    id: string,
    { number, rows }: ImportChunk,
    skus: ReadonlyMap<string, number>,
    at: Instant,
  ): Promise<boolean> {
    await this.#sql`
      insert into catalog.import_skus (import_id, sku, line)
      select ${id}, sku, line
      from unnest(${[...skus.keys()]}::text[], ${[...skus.values()]}::integer[]) as stated (sku, line)
      on conflict do nothing
    `;
    const appended = await this.#sql`
      with received as (
        update catalog.imports
        set total_rows = total_rows + ${rows.length}, received_at = ${toTimestamp(at)}
        where id = ${id} and status = 'receiving'
        returning id
      )
      insert into catalog.import_chunks (import_id, number, row_count, rows)
      select id, ${number}, ${rows.length}, ${this.#sql.json(rows)} from received
    `;
    return appended.count === 1;
  }

  async queue(id: string, at: Instant): Promise<boolean> {
    const [queued] = await this.#sql<{ dry_run: boolean; total_rows: number }[]>`
      update catalog.imports
      set status = 'queued'
      where id = ${id} and status = 'receiving'
      returning dry_run, total_rows
    `;
    if (queued === undefined) return false;
    const payload = { importId: id, dryRun: queued.dry_run, rows: queued.total_rows };
    await this.#outbox.record([
      { ...about(id, at), aggregateVersion: 1, type: 'catalog.import_started', payload },
    ]);
    return true;
  }

  async fail(id: string, at: Instant): Promise<void> {
    await this.#sql`
      update catalog.imports
      set status = 'failed', finished_at = ${toTimestamp(at)}
      where id = ${id} and finished_at is null
    `;
    await this.#forgetRows(id);
  }

  async take(id: string): Promise<TakenImport | null> {
    const [chunk] = await this.#sql<ImportChunk[]>`
      select number, rows
      from catalog.import_chunks
      where import_id = ${id}
      order by number
      limit 1
      for update skip locked
    `;
    // Its last rows may be somebody else's: whoever ends it waits for all of them.
    const [row] = await this.#sql<(ImportRecord & { has_rows: boolean })[]>`
      select ${importColumns(this.#sql)},
        exists (select from catalog.import_chunks where import_id = ${id}) as has_rows
      from catalog.imports
      where id = ${id} and status in ('queued', 'running')
      ${chunk === undefined ? this.#sql`for update skip locked` : this.#sql``}
    `;
    if (row === undefined || (chunk === undefined && row.has_rows)) return null;
    return { view: toImportView(row), chunk };
  }

  async firstLines(id: string, skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>> {
    const names: string[] = [...skus];
    const rows = await this.#sql<{ sku: Sku; line: number }[]>`
      select sku, line
      from catalog.import_skus
      where import_id = ${id} and sku = any(${names})
    `;
    return new Map(rows.map(({ sku, line }) => [sku, line]));
  }

  async complete(
    id: string,
    { number, rows }: ImportChunk,
    counts: ImportCounts,
    problems: readonly ImportProblem[],
  ): Promise<void> {
    await this.#sql`
      delete from catalog.import_chunks where import_id = ${id} and number = ${number}
    `;
    await this.#sql`
      update catalog.imports
      set
        status = case status when 'queued' then 'running' else status end,
        attempts = 0,
        done_rows = done_rows + ${rows.length},
        created = created + ${counts.created},
        updated = updated + ${counts.updated},
        unchanged = unchanged + ${counts.unchanged},
        failed_rows = failed_rows + ${counts.failedRows}
      where id = ${id}
    `;
    if (problems.length === 0) return;
    const records = problems.map(({ column, ...problem }) =>
      storable({ ...problem, column_name: column }),
    );
    await this.#sql`
      insert into catalog.import_problems (import_id, line, sku, column_name, error)
      select ${id}, line, sku, column_name, error
      from jsonb_to_recordset(${this.#sql.json(records)}) as problem (
        line integer, sku text, column_name text, error jsonb
      )
    `;
  }

  async finish(view: ImportView, at: Instant): Promise<void> {
    const { id, dryRun, created, updated, unchanged, failedRows } = view;
    const payload = { importId: id, dryRun, created, updated, unchanged, failedRows };
    await this.#sql`
      update catalog.imports
      set status = 'finished', finished_at = ${toTimestamp(at)}
      where id = ${id}
    `;
    await this.#forgetRows(id);
    await this.#outbox.record([
      { ...about(id, at), aggregateVersion: 2, type: 'catalog.import_finished', payload },
    ]);
  }

  async #forgetRows(id: string): Promise<void> {
    await this.#sql`delete from catalog.import_chunks where import_id = ${id}`;
    await this.#sql`delete from catalog.import_skus where import_id = ${id}`;
  }
}

function about(id: string, at: Instant) {
  return { schemaVersion: 1, aggregateId: id, occurredAt: at } as const;
}

/** What was wrong may be that a text cannot be stored. */
function storable<Problem extends object>(record: Problem): Problem {
  return JSON.parse(JSON.stringify(record), (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value,
  ) as Problem;
}
