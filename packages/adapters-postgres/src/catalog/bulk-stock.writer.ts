import type { StockChange } from '@kastoma/application/catalog';
import type { IdGenerator } from '@kastoma/application/core';

import type { Queryable } from '../core/database.ts';
import { plainArray } from '../core/plain-array.ts';
import { writeAccounts } from '../inventory/many-accounts.ts';

/** Has the inventory write many accounts, and notes for the lists whether there is stock. */
export class BulkStockWriter {
  readonly #sql: Queryable;
  readonly #ids: IdGenerator;

  constructor(sql: Queryable, ids: IdGenerator) {
    this.#sql = sql;
    this.#ids = ids;
  }

  /** False where an account is not what it was. */
  async write(changes: readonly StockChange[]): Promise<boolean> {
    if (changes.length === 0) return true;
    const movements = changes.flatMap(({ moved }) =>
      moved.movements.map((movement) => ({ ...movement, id: this.#ids.next<string>() })),
    );
    if (!(await writeAccounts(this.#sql, changes, movements))) return false;
    const accounts = changes.map(({ moved }) => moved.stock);
    await this.#sql`
      insert into catalog.variant_stock as known (variant_id, in_stock, version)
      select *
      from unnest(
        ${plainArray(accounts.map(({ state }): string => state.variantId))}::uuid[],
        ${plainArray(accounts.map(({ isInStock }) => isInStock))}::boolean[],
        ${plainArray(accounts.map(({ version }) => version))}::integer[]
      )
      on conflict (variant_id) do update
      set in_stock = excluded.in_stock, version = excluded.version
      where known.version < excluded.version
    `;
    return true;
  }
}
