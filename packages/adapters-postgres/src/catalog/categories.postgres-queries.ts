import { err, ok, ResultAsync } from 'neverthrow';

import type { CategoryQueries, CategoryView } from '@kastoma/application/catalog';
import type { Page, PageRequest } from '@kastoma/application/core';
import type { CategoryNotFound } from '@kastoma/domain/catalog';
import { isUuid } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';

type CategoryRow = {
  id: string;
  slug: string;
  name: string;
  description: string;
  parent_id: string | null;
  product_count: number;
  version: number;
};

export class PostgresCategoryQueries implements CategoryQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list(page: PageRequest): Promise<Page<CategoryView>> {
    const [rows, counted] = await Promise.all([
      this.#sql<CategoryRow[]>`
        ${this.#select()}
        where category.deleted_at is null
        order by category.name, category.id
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(this.#sql, this.#sql`from catalog.categories where deleted_at is null`),
    ]);
    return pageOf(rows.map(toView), counted);
  }

  find(idOrSlug: string): ResultAsync<CategoryView, CategoryNotFound> {
    const sql = this.#sql;
    return ResultAsync.fromSafePromise(sql<CategoryRow[]>`
      ${this.#select()}
      where ${isUuid(idOrSlug) ? sql`category.id = ${idOrSlug.toLowerCase()}` : sql`category.slug = ${idOrSlug}`}
        and category.deleted_at is null
    `).andThen(([row]) =>
      row === undefined ? err({ code: 'catalog.category_not_found' as const }) : ok(toView(row)),
    );
  }

  #select() {
    return this.#sql`
      select
        category.id, category.slug, category.name, category.description, category.parent_id, category.version,
        (
          select count(*)::int
          from catalog.products product
          where product.category_id = category.id
            and product.status = 'published'
            and product.deleted_at is null
        ) as product_count
      from catalog.categories category
    `;
  }
}

function toView(row: CategoryRow): CategoryView {
  const { id, slug, name, description, version } = row;
  return {
    id,
    slug,
    name,
    description,
    version,
    parentId: row.parent_id,
    productCount: row.product_count,
  };
}
