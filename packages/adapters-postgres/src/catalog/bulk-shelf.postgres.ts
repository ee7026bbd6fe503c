import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type {
  BulkShelf,
  ProductBatch,
  Shelf,
  ShelfCategory,
  ShelfQuestion,
} from '@kastoma/application/catalog';
import type { ConcurrentUpdate, IdGenerator } from '@kastoma/application/core';
import { definitionsInForce, Product, type AttributeDefinition } from '@kastoma/domain/catalog';
import { isUuid, type CategoryId, type Currency } from '@kastoma/domain/core';
import { stockChanged, type Demand } from '@kastoma/domain/inventory';

import type { Database, Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { indexInTheWay } from '../core/unique-write.ts';
import { lockAccounts } from '../inventory/stock-locks.ts';
import { BulkProductsWriter } from './bulk-products.writer.ts';
import { BulkStockWriter } from './bulk-stock.writer.ts';
import {
  imagesOfProduct,
  productColumns,
  relatedOfProduct,
  variantsOfProduct,
} from './product-fragments.ts';
import { toProductState, type BelongingsRow, type ProductRow } from './product-rows.ts';

type Nestable = Parameters<Parameters<Database['begin']>[1]>[0];
type CategoryRecord = {
  readonly id: CategoryId;
  readonly slug: string;
  readonly levels: readonly (readonly AttributeDefinition[])[];
};

const CONCURRENT: ConcurrentUpdate = { code: 'core.concurrent_update' };

/** Takes a rehearsal back. */
class Rehearsed extends Error {}

/** Reads and writes many products in a few statements. */
export class PostgresBulkShelf implements BulkShelf {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;
  readonly #ids: IdGenerator;
  readonly #storeCurrency: Currency;

  constructor(sql: Queryable, outbox: Outbox, ids: IdGenerator, storeCurrency: Currency) {
    this.#sql = sql;
    this.#outbox = outbox;
    this.#ids = ids;
    this.#storeCurrency = storeCurrency;
  }

  async find({ productIds, slugs, skus, categories }: ShelfQuestion): Promise<Shelf> {
    const sql = this.#sql;
    const held = await sql<ProductRow[]>`
      select ${productColumns(sql)}
      from catalog.products
      where deleted_at is null
        and id in (
          select unnest(${[...productIds]}::uuid[])
          union
          select id from catalog.products where slug = any(${[...slugs]}) and deleted_at is null
          union
          select product_id from catalog.variants
          where sku = any(${[...skus]}) and deleted_at is null
        )
      order by id
      for update
    `;
    const products = await this.#restored(held);
    const demand = products.flatMap(({ state }) =>
      state.variants.map(({ id: variantId }): Demand => ({ variantId, quantity: 1 as never })),
    );
    const stock = demand.length === 0 ? new Map() : await lockAccounts(sql, demand);
    const own = products.flatMap(({ state }) => state.categoryId ?? []);
    return { products, stock, categories: await this.#categories([...categories, ...own]) };
  }

  async takenSlugs(slugs: readonly string[]): Promise<readonly string[]> {
    if (slugs.length === 0) return [];
    const rows = await this.#sql<{ slug: string }[]>`
      select slug from catalog.products where slug = any(${[...slugs]}) and deleted_at is null
    `;
    return rows.map(({ slug }) => slug);
  }

  save(batch: ProductBatch, mode: 'for_good' | 'rehearsal'): ResultAsync<void, ConcurrentUpdate> {
    return new ResultAsync(mode === 'for_good' ? this.#save(batch) : this.#rehearse(batch));
  }

  /** What belongs to the products is read after whoever held them before has committed. */
  async #restored(held: readonly ProductRow[]): Promise<readonly Product[]> {
    if (held.length === 0) return [];
    const ids: string[] = held.map(({ id }) => id);
    const belongings = await this.#sql<(BelongingsRow & { id: string })[]>`
      select
        product.id,
        ${variantsOfProduct(this.#sql)} as variants,
        ${imagesOfProduct(this.#sql)} as images,
        ${relatedOfProduct(this.#sql)} as related_ids
      from catalog.products product
      where product.id = any(${ids}::uuid[])
    `;
    const byId = new Map(belongings.map((row) => [row.id, row]));
    return held.flatMap((row) => {
      const found = byId.get(row.id);
      return found === undefined
        ? []
        : [Product.restore(toProductState(row, found, this.#storeCurrency), row.version)];
    });
  }

  async #categories(names: readonly string[]): Promise<ReadonlyMap<string, ShelfCategory>> {
    if (names.length === 0) return new Map();
    const ids = names.filter(isUuid).map((name) => name.toLowerCase());
    const rows = await this.#sql<CategoryRecord[]>`
      with held as materialized (
        select id, slug, path
        from catalog.categories
        where (slug = any(${[...names]}) or id = any(${ids}::uuid[])) and deleted_at is null
        order by id
        for key share
      )
      select held.id, held.slug, (
        select json_agg(category.attribute_definitions order by cardinality(category.path))
        from catalog.categories category
        where category.id = any(held.path)
      ) as levels
      from held
    `;
    const known = rows.flatMap(({ id, slug, levels }) => {
      const category = { id, definitions: definitionsInForce(levels) };
      return [[slug, category] as const, [id, category] as const];
    });
    const byName = new Map<string, ShelfCategory>(known);
    return new Map(
      names.flatMap((name) => {
        const found = byName.get(isUuid(name) ? name.toLowerCase() : name);
        return found === undefined ? [] : [[name, found] as const];
      }),
    );
  }

  /** What somebody else has taken meanwhile is found when the work is done anew. */
  async #save({ products, stock }: ProductBatch): Promise<Result<void, ConcurrentUpdate>> {
    if (products.length + stock.length === 0) return ok();
    const sql = this.#sql;
    await sql`
      select
        set_config('kastoma.listing', 'in_the_end', true),
        set_config('plan_cache_mode', 'force_generic_plan', true),
        set_config('enable_seqscan', 'off', true)
    `;
    const writer = new BulkProductsWriter(sql);
    const inTheWay = await indexInTheWay(sql, async (nested) =>
      new BulkProductsWriter(nested).write(products),
    );
    if (inTheWay !== null) return err(CONCURRENT);
    const recorded = await new BulkStockWriter(sql, this.#ids).write(stock);
    if (!recorded) return err(CONCURRENT);
    const told = stock.flatMap(({ before, moved }) =>
      before === null ? [] : moved.movements.map(({ at }) => stockChanged(before, moved.stock, at)),
    );
    await this.#outbox.announce([...products.flatMap(({ product }) => product.pending), ...told]);
    await writer.list(products, stock);
    return ok();
  }

  async #rehearse(batch: ProductBatch): Promise<Result<void, ConcurrentUpdate>> {
    let outcome: Result<void, ConcurrentUpdate> = ok();
    try {
      await (this.#sql as Nestable).savepoint(async (nested) => {
        const shelf = new PostgresBulkShelf(
          nested,
          this.#outbox.on(nested),
          this.#ids,
          this.#storeCurrency,
        );
        outcome = await shelf.#save(batch);
        throw new Rehearsed();
      });
    } catch (error) {
      if (!(error instanceof Rehearsed)) throw error;
    }
    return outcome;
  }
}
