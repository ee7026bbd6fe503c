import { err, okAsync, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import {
  growTree,
  MOST_CHILDREN_SHOWN,
  type CategoryAttributes,
  type CategoryDetail,
  type CategoryElsewhere,
  type CategoryQueries,
  type CategoryReference,
  type CategoryTree,
  type CategoryView,
} from '@kastoma/application/catalog';
import type { Page, PageRequest } from '@kastoma/application/core';
import { definitionsInForce, type AttributeDefinition } from '@kastoma/domain/catalog';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { namedBy } from './category-name.ts';
import { toCategoryView, type CategoryViewRow } from './category-rows.ts';

type DetailRow = CategoryViewRow & { breadcrumbs: readonly CategoryReference[] };
type NodeRow = Omit<CategoryViewRow, 'description' | 'tree_product_count'>;
type AttributesRow = { own: readonly AttributeDefinition[]; version: number };

export class PostgresCategoryQueries implements CategoryQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list(
    { parent }: { readonly parent: string | null },
    page: PageRequest,
  ): Promise<Page<CategoryView>> {
    const sql = this.#sql;
    const wanted = sql`deleted_at is null ${parent === null ? sql`` : this.#isBelow(parent)}`;
    const [rows, counted] = await Promise.all([
      this.#select<CategoryViewRow>(sql`
        from catalog.categories category
        where ${wanted}
        order by ${parent === null ? sql`name, id` : asSiblings(sql)}
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `),
      countUpTo(sql, sql`from catalog.categories where ${wanted}`),
    ]);
    return pageOf(rows.map(toCategoryView), counted);
  }

  find(idOrSlug: string): ResultAsync<CategoryDetail, CategoryElsewhere> {
    return ResultAsync.fromSafePromise(
      Promise.all([this.#detailOf(idOrSlug), this.#childrenOf(idOrSlug)]),
    ).andThen(([[row], children]) =>
      row === undefined
        ? this.#elsewhere(idOrSlug)
        : okAsync({
            ...toCategoryView(row),
            breadcrumbs: row.breadcrumbs,
            children: children.map(toCategoryView),
          }),
    );
  }

  async tree(): Promise<CategoryTree> {
    const rows = await this.#sql<NodeRow[]>`
      select id, slug, name, parent_id, position, version, coalesce(published.count, 0) as product_count
      from catalog.categories
      left join (
        select category_id, count(*)::integer as count
        from catalog.products
        where status = 'published' and deleted_at is null
        group by category_id
      ) published on published.category_id = id
      where deleted_at is null
      order by ${asSiblings(this.#sql)}
    `;
    return growTree(
      rows.map(({ parent_id: parentId, product_count: productCount, ...node }) => ({
        ...node,
        parentId,
        productCount,
      })),
    );
  }

  attributes(idOrSlug: string): ResultAsync<CategoryAttributes, CategoryElsewhere> {
    return ResultAsync.fromSafePromise(this.#sql<AttributesRow[]>`
      select above.attribute_definitions as own, above.version
      from (
        select path from catalog.categories where ${namedBy(this.#sql, idOrSlug)} and deleted_at is null
      ) named
      join catalog.categories above on above.id = any(named.path)
      order by cardinality(above.path)
    `).andThen((rows) => {
      const itself = rows.at(-1);
      if (itself === undefined) return this.#elsewhere(idOrSlug);
      const inForce = definitionsInForce(rows.map(({ own }) => own));
      return okAsync({ definitions: itself.own, inForce, version: itself.version });
    });
  }

  #elsewhere(slug: string): ResultAsync<never, CategoryElsewhere> {
    return ResultAsync.fromSafePromise(this.#sql<{ slug: string }[]>`
      select category.slug
      from catalog.category_slugs old
      join catalog.categories category on category.id = old.category_id
      where old.slug = ${slug} and category.deleted_at is null
    `).andThen(([found]) =>
      err(
        found === undefined
          ? { code: 'catalog.category_not_found' as const }
          : { code: 'catalog.category_renamed' as const, slug: found.slug },
      ),
    );
  }

  #detailOf(idOrSlug: string) {
    const sql = this.#sql;
    const breadcrumbs = sql`,
      array(
        select json_build_object('id', above.id, 'slug', above.slug, 'name', above.name)
        from catalog.categories above
        where above.id = any(category.parent_path)
        order by cardinality(above.path)
      ) as breadcrumbs
    `;
    return this.#select<DetailRow>(
      sql`
        from catalog.categories category
        where ${namedBy(sql, idOrSlug)} and deleted_at is null
      `,
      breadcrumbs,
    );
  }

  #childrenOf(idOrSlug: string) {
    const sql = this.#sql;
    return this.#select<CategoryViewRow>(sql`
      from catalog.categories category
      where deleted_at is null ${this.#isBelow(idOrSlug)}
      order by ${asSiblings(sql)}
      limit ${MOST_CHILDREN_SHOWN}
    `);
  }

  #isBelow(parent: string) {
    const sql = this.#sql;
    return sql`and parent_id = (
      select id from catalog.categories where ${namedBy(sql, parent)} and deleted_at is null
    )`;
  }

  /** Each with the published products that stand in it, and in it or below it. */
  #select<Row extends CategoryViewRow>(
    rest: postgres.Fragment,
    more: postgres.Fragment = this.#sql``,
  ) {
    return this.#sql<Row[]>`
      select
        category.id, category.slug, category.name, category.description, category.parent_id,
        category.position, category.version,
        (
          select count(*)::integer
          from catalog.products product
          where product.category_id = category.id
            and product.status = 'published'
            and product.deleted_at is null
        ) as product_count,
        (
          select count(*)::integer
          from catalog.categories below
          join catalog.products product on product.category_id = below.id
          where below.path @> array[category.id]
            and product.status = 'published'
            and product.deleted_at is null
        ) as tree_product_count
        ${more}
      ${rest}
    `;
  }
}

function asSiblings(sql: Queryable): postgres.Fragment {
  return sql`position, name, id`;
}
