import { err, errAsync, ok, okAsync, ResultAsync, type Result } from 'neverthrow';

import type { CategoryRepository } from '@kastoma/application/catalog';
import type { ConcurrentUpdate } from '@kastoma/application/core';
import {
  definitionsInForce,
  type AttributeDefinition,
  type Category,
  type CategoryInUse,
  type CategoryNotFound,
  type CategoryPlace,
  type CategoryState,
  type SlugTaken,
} from '@kastoma/domain/catalog';
import type { CategoryId, Instant } from '@kastoma/domain/core';

import { ADVISORY_LOCKS } from '../core/advisory-lock.ts';
import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { namedBy } from './category-name.ts';
import { toCategory, type CategoryRow } from './category-rows.ts';

const NOT_FOUND: CategoryNotFound = { code: 'catalog.category_not_found' };

/**
 * Whoever writes categories holds the tree: two moves at once could close a circle that
 * neither of them sees. Whoever puts a product into one holds that row alone.
 */
export class PostgresCategoryRepository implements CategoryRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;
  #held: Promise<unknown> | undefined;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  require(id: CategoryId): ResultAsync<void, CategoryNotFound> {
    return ResultAsync.fromSafePromise(this.#sql`
      select id from catalog.categories where id = ${id} and deleted_at is null for key share
    `).andThen(({ count }) => (count === 1 ? ok() : err(NOT_FOUND)));
  }

  definitionsFor(id: CategoryId): ResultAsync<readonly AttributeDefinition[], CategoryNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<{ own: readonly AttributeDefinition[] }[]>`
      with held as materialized (
        select path from catalog.categories where id = ${id} and deleted_at is null for key share
      )
      select category.attribute_definitions as own
      from held
      join catalog.categories category on category.id = any(held.path)
      order by cardinality(category.path)
    `).andThen((rows) =>
      rows.length > 0 ? ok(definitionsInForce(rows.map(({ own }) => own))) : err(NOT_FOUND),
    );
  }

  add(category: Category): ResultAsync<void, SlugTaken> {
    return this.#holdingTree(() => this.#insert(category)).andThen((inserted) =>
      inserted ? ok() : err({ code: 'catalog.slug_taken' as const, slug: category.state.slug }),
    );
  }

  /** `for update` and nothing weaker: whoever puts a product into it holds the key of the row. */
  find(idOrSlug: string): ResultAsync<Category, CategoryNotFound> {
    return this.#holdingTree(
      () => this.#sql<CategoryRow[]>`
        select id, slug, name, description, parent_id, position, attribute_definitions, created_at, version
        from catalog.categories
        where ${namedBy(this.#sql, idOrSlug)} and deleted_at is null
        for update
      `,
    ).andThen(([row]) => (row === undefined ? err(NOT_FOUND) : ok(toCategory(row))));
  }

  placeOf(id: CategoryId): ResultAsync<CategoryPlace, CategoryNotFound> {
    return this.#holdingTree(
      () => this.#sql<{ path: CategoryPlace }[]>`
        select path from catalog.categories where id = ${id} and deleted_at is null
      `,
    ).andThen(([row]) => (row === undefined ? err(NOT_FOUND) : ok(row.path)));
  }

  levelsOf(id: CategoryId): ResultAsync<number, never> {
    return this.#holdingTree(
      () => this.#sql<{ levels: number }[]>`
        select coalesce(max(cardinality(path) - array_position(path, ${id}::uuid) + 1), 0) as levels
        from catalog.categories
        where path @> array[${id}::uuid]
      `,
    ).map(([row]) => row?.levels ?? 0);
  }

  requireEmpty(id: CategoryId): ResultAsync<void, CategoryInUse> {
    return this.#holdingTree(
      () => this.#sql<{ categories: boolean; products: boolean }[]>`
        select
          exists (
            select from catalog.categories where parent_id = ${id} and deleted_at is null
          ) as categories,
          exists (
            select from catalog.products where category_id = ${id} and deleted_at is null
          ) as products
      `,
    ).andThen(([row]) => {
      if (row?.categories === true) return inUse('categories');
      return row?.products === true ? inUse('products') : ok();
    });
  }

  count(): ResultAsync<number, never> {
    return this.#holdingTree(
      () => this.#sql<{ count: number }[]>`
        select count(*)::integer as count from catalog.categories where deleted_at is null
      `,
    ).map(([row]) => row?.count ?? 0);
  }

  save(category: Category): ResultAsync<void, SlugTaken | ConcurrentUpdate> {
    const { slug } = category.state;
    if (category.pending.length === 0) return okAsync();
    return this.#holdingTree(() => this.#isFree(category)).andThen((isFree) =>
      isFree ? this.#change(category) : errAsync({ code: 'catalog.slug_taken' as const, slug }),
    );
  }

  #change(category: Category): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(category)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  #holdingTree<T>(work: () => PromiseLike<T>): ResultAsync<T, never> {
    this.#held ??=
      this.#sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.categoryTree}::bigint)`.execute();
    return ResultAsync.fromSafePromise(this.#held.then(work));
  }

  async #insert({ state, version, pending }: Category): Promise<boolean> {
    const inserted = await this.#sql`
      insert into catalog.categories (
        id, parent_id, name, slug, description, position, attribute_definitions, created_at, version
      )
      values (
        ${state.id}, ${state.parentId}, ${state.name}, ${state.slug}, ${state.description},
        ${state.position}, ${this.#sql.json(state.attributeDefinitions)},
        ${toTimestamp(state.createdAt)}, ${version}
      )
      on conflict (slug) where deleted_at is null do nothing
      returning id
    `;
    if (inserted.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }

  async #isFree({ state: { id, slug } }: Category): Promise<boolean> {
    const others = await this.#sql`
      select from catalog.categories where slug = ${slug} and deleted_at is null and id <> ${id}
    `;
    return others.count === 0;
  }

  async #update({ state, version, pending }: Category): Promise<boolean> {
    await this.#retireSlug(state, pending.at(-1)?.occurredAt ?? state.createdAt);
    const updated = await this.#sql`
      update catalog.categories
      set
        parent_id = ${state.parentId},
        name = ${state.name},
        slug = ${state.slug},
        description = ${state.description},
        position = ${state.position},
        attribute_definitions = ${this.#sql.json(state.attributeDefinitions)},
        deleted_at = ${state.deletedAt === null ? null : toTimestamp(state.deletedAt)},
        version = ${version}
      where id = ${state.id} and version = ${version - pending.length}
      returning id
    `;
    if (updated.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }

  /** Of a deleted category as well: then it leads nowhere, and not back to whoever had it before. */
  async #retireSlug({ id, slug, deletedAt }: CategoryState, at: Instant): Promise<void> {
    await this.#sql`
      insert into catalog.category_slugs (slug, category_id, retired_at)
      select slug, id, ${toTimestamp(at)}
      from catalog.categories
      where id = ${id} and (slug <> ${slug} or ${deletedAt !== null})
      on conflict (slug) do update
      set category_id = excluded.category_id, retired_at = excluded.retired_at
    `;
  }
}

function inUse(by: CategoryInUse['by']): Result<never, CategoryInUse> {
  return err({ code: 'catalog.category_in_use', by });
}
