import { err, ok, ResultAsync } from 'neverthrow';

import type { Page, PageRequest } from '@kastoma/application/core';
import type { Locations } from '@kastoma/application/inventory';
import type { LocationId } from '@kastoma/domain/core';
import { Location, type LocationCodeTaken, type LocationNotFound } from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type LocationRow = {
  id: LocationId;
  code: string;
  name: string;
  is_default: boolean;
  created_at: Date;
};

/** Reads locations, without a transaction or in one. */
export class PostgresLocationReader implements Pick<Locations, 'find' | 'list'> {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(code: string | null): ResultAsync<Location, LocationNotFound> {
    const sql = this.#sql;
    return ResultAsync.fromSafePromise(sql<LocationRow[]>`
      select id, code, name, is_default, created_at
      from inventory.locations
      where ${code === null ? sql`is_default` : sql`code = ${code}`}
    `).andThen(([row]) =>
      row === undefined
        ? err({ code: 'inventory.location_not_found' as const })
        : ok(toLocation(row)),
    );
  }

  async list({ page, pageSize }: PageRequest): Promise<Page<Location>> {
    const sql = this.#sql;
    const [rows, counted] = await Promise.all([
      sql<LocationRow[]>`
        select id, code, name, is_default, created_at
        from inventory.locations
        order by is_default desc, code collate "C"
        limit ${pageSize}
        offset ${(page - 1) * pageSize}
      `,
      countUpTo(sql, sql`from inventory.locations`),
    ]);
    return pageOf(rows.map(toLocation), counted);
  }
}

export class PostgresLocations extends PostgresLocationReader implements Locations {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    super(sql);
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(location: Location): ResultAsync<void, LocationCodeTaken> {
    return ResultAsync.fromSafePromise(this.#insert(location)).andThen((isAdded) =>
      isAdded ? ok() : err({ code: 'inventory.location_code_taken' as const, path: ['code'] }),
    );
  }

  async #insert({ state, pending }: Location): Promise<boolean> {
    const { id, code, name, isDefault, createdAt } = state;
    const inserted = await this.#sql`
      insert into inventory.locations (id, code, name, is_default, created_at)
      values (${id}, ${code}, ${name}, ${isDefault}, ${toTimestamp(createdAt)})
      on conflict (code) do nothing
    `;
    if (inserted.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}

function toLocation(row: LocationRow): Location {
  const { id, code, name, is_default: isDefault, created_at: createdAt } = row;
  return Location.restore({ id, code, name, isDefault, createdAt: fromTimestamp(createdAt) });
}
