import { err, ok, ResultAsync } from 'neverthrow';

import type { CategoryRepository } from '@kastoma/application/catalog';
import type { Category, CategoryNotFound, SlugTaken } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';

export class PostgresCategoryRepository implements CategoryRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(category: Category): ResultAsync<void, SlugTaken> {
    return ResultAsync.fromSafePromise(this.#insert(category)).andThen((inserted) =>
      inserted ? ok() : err({ code: 'catalog.slug_taken' as const, slug: category.state.slug }),
    );
  }

  require(id: CategoryId): ResultAsync<void, CategoryNotFound> {
    return ResultAsync.fromSafePromise(this.#sql`
      select id from catalog.categories where id = ${id} and deleted_at is null for key share
    `).andThen(({ count }) =>
      count === 1 ? ok() : err({ code: 'catalog.category_not_found' as const }),
    );
  }

  async #insert({ state, version, pending }: Category): Promise<boolean> {
    const inserted = await this.#sql`
      insert into catalog.categories (id, parent_id, name, slug, description, created_at, version)
      values (
        ${state.id}, ${state.parentId}, ${state.name}, ${state.slug},
        ${state.description}, ${toTimestamp(state.createdAt)}, ${version}
      )
      on conflict (slug) where deleted_at is null do nothing
      returning id
    `;
    if (inserted.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}
