import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type {
  ImportNotFound,
  ImportPlace,
  ImportProblem,
  ImportQueries,
  ImportView,
  ReportPlace,
} from '@kastoma/application/catalog';
import { feedOf, type Feed, type FeedRequest } from '@kastoma/application/core';
import type { Actor, ApiKeyId, Instant, UserId } from '@kastoma/domain/core';

import type { Database, Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { importColumns, toImportView, type ImportRecord } from './import-records.ts';

type ProblemRecord = {
  line: number;
  sku: string | null;
  column_name: string | null;
  error: ImportProblem['error'];
};

/** An upload of which nothing has come for so long is given up. */
const LONGEST_SILENCE_MINUTES = 10;

export class PostgresImportQueries implements ImportQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(id: string): ResultAsync<ImportView, ImportNotFound> {
    return new ResultAsync(this.#find(id));
  }

  async list({
    after,
    pageSize,
  }: FeedRequest<ImportPlace>): Promise<Feed<ImportView, ImportPlace>> {
    const sql = this.#sql;
    const rows = await sql<ImportRecord[]>`
      select ${importColumns(sql)}
      from catalog.imports
      where true
      ${
        after === null
          ? sql``
          : sql`and (created_at, id) < (${new Date(after.keys[0])}, ${after.keys[1]})`
      }
      order by created_at desc, id desc
      limit ${pageSize + 1}
    `;
    return feedOf(rows.map(toImportView), pageSize, ({ createdAt, id }) => ({
      ordering: '-created_at',
      keys: [createdAt, id],
    }));
  }

  report(
    id: string,
    { after, pageSize }: FeedRequest<ReportPlace>,
  ): ResultAsync<Feed<ImportProblem, ReportPlace>, ImportNotFound> {
    return this.find(id).map(async () => {
      const rows = await this.#sql<ProblemRecord[]>`
        select line, sku, column_name, error
        from catalog.import_problems
        where import_id = ${id} and line > ${after?.keys[0] ?? 0}
        order by line
        limit ${pageSize + 1}
      `;
      const problems = rows.map(({ column_name: column, ...row }): ImportProblem => ({
        ...row,
        column,
      }));
      return feedOf(problems, pageSize, ({ line }) => ({ ordering: 'line', keys: [line] }));
    });
  }

  async next(): Promise<{ readonly id: string; readonly actor: Actor } | null> {
    const [row] = await this.#sql<{ id: string; started_by: string }[]>`
      select id, started_by
      from catalog.imports
      where status in ('queued', 'running')
      order by created_at, id
      limit 1
    `;
    return row === undefined ? null : { id: row.id, actor: toActor(row.started_by) };
  }

  async #find(id: string): Promise<Result<ImportView, ImportNotFound>> {
    const [row] = await this.#sql<ImportRecord[]>`
      select ${importColumns(this.#sql)} from catalog.imports where id = ${id}
    `;
    return row === undefined ? err({ code: 'catalog.import_not_found' }) : ok(toImportView(row));
  }
}

/** Of whoever started it only the name is kept; what is done in it is done under that name. */
function toActor(described: string): Actor {
  const [kind = '', id = ''] = described.split(':');
  if (kind === 'user') return { kind, id: id as UserId, role: 'staff' };
  if (kind === 'service') return { kind, id: id as ApiKeyId, scopes: [] };
  return { kind: 'system' };
}

/** Gives up uploads that ended without a word, as when their process was killed. */
export async function giveUpSilentImports(sql: Queryable, now: Instant): Promise<void> {
  await sql`
    with silent as (
      update catalog.imports
      set status = 'failed', finished_at = ${toTimestamp(now)}
      where status = 'receiving'
        and received_at < ${new Date(now - LONGEST_SILENCE_MINUTES * 60_000)}
      returning id
    ),
    forgotten as (delete from catalog.import_skus where import_id in (select id from silent))
    delete from catalog.import_chunks where import_id in (select id from silent)
  `;
}

/** After so many attempts an import whose next rows cannot be worked off has failed. */
const MOST_ATTEMPTS = 5;

/** Notes that the next rows of an import could not be worked off, by a defect and not by an outage. */
export async function noteFailedAttempt(sql: Queryable, id: string, now: Instant): Promise<void> {
  await sql`
    with tried as (
      update catalog.imports
      set
        attempts = attempts + 1,
        status = case when attempts + 1 >= ${MOST_ATTEMPTS} then 'failed' else status end,
        finished_at = case when attempts + 1 >= ${MOST_ATTEMPTS} then ${toTimestamp(now)}::timestamptz end
      where id = ${id} and status in ('queued', 'running')
      returning id, status
    ),
    forgotten as (
      delete from catalog.import_skus
      where import_id in (select id from tried where status = 'failed')
    )
    delete from catalog.import_chunks
    where import_id in (select id from tried where status = 'failed')
  `;
}

/** So long it can be asked what became of an import. */
const KEPT_FOR_MILLISECONDS = 30 * 24 * 60 * 60 * 1_000;

/** Forgets imports that ended long ago, with their reports; processes that do so at once do not wait for each other. */
export async function forgetOldImports(database: Database, now: Instant): Promise<number> {
  const oldest = new Date(now - KEPT_FOR_MILLISECONDS);
  return database.begin(async (sql) => {
    const old = await sql<{ id: string }[]>`
      select id from catalog.imports where finished_at < ${oldest} for update skip locked
    `;
    const ids = old.map(({ id }) => id);
    await sql`delete from catalog.import_problems where import_id = any(${ids}::uuid[])`;
    await sql`delete from catalog.imports where id = any(${ids}::uuid[])`;
    return ids.length;
  });
}
