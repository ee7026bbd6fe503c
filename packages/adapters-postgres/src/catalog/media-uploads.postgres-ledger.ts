import { ResultAsync } from 'neverthrow';

import type { MediaKey, MediaUpload, MediaUploads } from '@kastoma/application/catalog';
import type { ImageId, Instant } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type UploadRow = { id: ImageId; file_keys: readonly MediaKey[]; uploaded_at: Date };

export class PostgresMediaUploads implements MediaUploads {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  register({ id, keys, at }: MediaUpload): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      insert into catalog.media_uploads (id, file_keys, uploaded_at)
      values (${id}, ${keys as MediaKey[]}, ${toTimestamp(at)})
    `).map(() => undefined);
  }

  unused(before: Instant, limit: number): ResultAsync<readonly MediaUpload[], never> {
    return ResultAsync.fromSafePromise(this.#sql<UploadRow[]>`
      select id, file_keys, uploaded_at
      from catalog.media_uploads
      where not is_shown and uploaded_at < ${toTimestamp(before)}
      order by uploaded_at, id
      limit ${limit}
    `).map((rows) =>
      rows.map((row) => ({ id: row.id, keys: row.file_keys, at: fromTimestamp(row.uploaded_at) })),
    );
  }

  /** One that a product shows stays: the database sees to it. */
  forget(id: ImageId): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(
      this.#sql`delete from catalog.media_uploads where id = ${id} and not is_shown`,
    ).map(() => undefined);
  }
}
