import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { ProductRepository } from '@kastoma/application/catalog';
import type { ConcurrentUpdate } from '@kastoma/application/core';
import {
  Product,
  type ProductNotFound,
  type ProductState,
  type SkuTaken,
  type SlugTaken,
} from '@kastoma/domain/catalog';
import type { Currency, ProductId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { namedBy } from './category-name.ts';
import {
  imagesOfProduct,
  productColumns,
  relatedOfProduct,
  variantsOfProduct,
} from './product-fragments.ts';
import { toProductState, type BelongingsRow, type ProductRow } from './product-rows.ts';
import { ProductWriter } from './product.writer.ts';
import { VariantsWriter } from './variants.writer.ts';

type Refusal = SlugTaken | SkuTaken | ConcurrentUpdate;
type Stored = { readonly state: ProductState; readonly version: number };

export class PostgresProductRepository implements ProductRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;
  readonly #storeCurrency: Currency;
  readonly #product: ProductWriter;
  readonly #variants: VariantsWriter;
  /** What stands, of the products that this transaction holds: what is the same need not be written. */
  readonly #held = new Map<ProductId, Stored>();

  constructor(sql: Queryable, outbox: Outbox, storeCurrency: Currency) {
    this.#sql = sql;
    this.#outbox = outbox;
    this.#storeCurrency = storeCurrency;
    this.#product = new ProductWriter(sql);
    this.#variants = new VariantsWriter(sql);
  }

  add(product: Product): ResultAsync<void, SlugTaken | SkuTaken> {
    return new ResultAsync(this.#add(product));
  }

  find(idOrSlug: string): ResultAsync<Product, ProductNotFound> {
    return ResultAsync.fromSafePromise(this.#hold(idOrSlug)).andThen((stored) =>
      stored === null
        ? err({ code: 'catalog.product_not_found' as const })
        : ok(Product.restore(stored.state, stored.version)),
    );
  }

  save(product: Product): ResultAsync<void, Refusal> {
    return new ResultAsync(this.#save(product));
  }

  missingAmong(ids: readonly ProductId[]): ResultAsync<readonly ProductId[], never> {
    return ResultAsync.fromSafePromise(this.#sql<{ id: ProductId }[]>`
      select id from catalog.products where id = any(${[...ids]}::uuid[]) and deleted_at is null
    `).map((rows) => {
      const found = new Set(rows.map(({ id }) => id));
      return ids.filter((id) => !found.has(id));
    });
  }

  /** Two statements: what belongs to the product is read after whoever held it before has committed. */
  async #hold(idOrSlug: string): Promise<Stored | null> {
    const [row] = await this.#sql<ProductRow[]>`
      select ${productColumns(this.#sql)}
      from catalog.products
      where ${namedBy(this.#sql, idOrSlug)} and deleted_at is null
      for update
    `;
    if (row === undefined) return null;
    const [belongings] = await this.#sql<BelongingsRow[]>`
      select
        ${variantsOfProduct(this.#sql)} as variants,
        ${imagesOfProduct(this.#sql)} as images,
        ${relatedOfProduct(this.#sql)} as related_ids
      from catalog.products product
      where product.id = ${row.id}
    `;
    if (belongings === undefined) return null;
    const state = toProductState(row, belongings, this.#storeCurrency);
    const stored = { state, version: row.version };
    this.#held.set(row.id, stored);
    return stored;
  }

  async #add(product: Product): Promise<Result<void, SlugTaken | SkuTaken>> {
    const inserted = await this.#product.insert(product);
    if (inserted.isErr()) return inserted;
    const stocked = await this.#variants.insertAll(product.state);
    if (stocked.isErr()) return stocked;
    await this.#outbox.record(product.pending);
    return ok();
  }

  async #save(product: Product): Promise<Result<void, Refusal>> {
    const { state, version, pending } = product;
    const before = this.#held.get(state.id) ?? (await this.#hold(state.id));
    if (before === null || before.version !== version - pending.length)
      return err({ code: 'core.concurrent_update' });
    const updated = await this.#product.update(before.state, product);
    if (updated.isErr()) return updated;
    const varied = await this.#variants.update(before.state, state);
    if (varied.isErr()) return varied;
    await this.#outbox.record(pending);
    this.#held.set(state.id, { state, version });
    return ok();
  }
}
