import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import {
  Product,
  refuseTakenSkus,
  type ProductNotFound,
  type ProductState,
  type SkuTaken,
  type SlugTaken,
} from '@kastoma/domain/catalog';
import type { ProductId } from '@kastoma/domain/core';

import type { ProductRepository } from '../../catalog/product-repository.port.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryProductRepository implements ProductRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(product: Product): ResultAsync<void, SlugTaken | SkuTaken> {
    return this.#write(product);
  }

  find(idOrSlug: string): ResultAsync<Product, ProductNotFound> {
    const product = [...this.#memory.tables.products.values()].find(
      ({ state: { id, slug, deletedAt } }) =>
        deletedAt === null && (id === idOrSlug.toLowerCase() || slug === idOrSlug),
    );
    return product === undefined
      ? errAsync({ code: 'catalog.product_not_found' })
      : okAsync(Product.restore(product.state, product.version));
  }

  save(product: Product): ResultAsync<void, SlugTaken | SkuTaken | ConcurrentUpdate> {
    const { id } = product.state;
    const before = this.#memory.tables.products.get(id);
    const wanted = product.version - product.pending.length;
    if (before === undefined || before.state.deletedAt !== null || before.version !== wanted)
      return errAsync({ code: 'core.concurrent_update' });
    return this.#write(product).map(() => this.#keepHistory(before.state, product.state));
  }

  missingAmong(ids: readonly ProductId[]): ResultAsync<readonly ProductId[], never> {
    const there = new Set(this.#others(null).map(({ id }) => id));
    return okAsync(ids.filter((id) => !there.has(id)));
  }

  #write(product: Product): ResultAsync<void, SlugTaken | SkuTaken> {
    const { id, slug, variants, deletedAt } = product.state;
    if (deletedAt === null) {
      const others = this.#others(id);
      if (others.some((other) => other.slug === slug))
        return errAsync({ code: 'catalog.slug_taken', slug });
      const known: ReadonlySet<string> = new Set(
        others.flatMap((other) => other.variants.map(({ sku }) => sku)),
      );
      const unique = refuseTakenSkus(variants, (sku) => known.has(sku));
      if (unique.isErr()) return errAsync(unique.error);
    }
    this.#memory.tables.products.set(id, product);
    this.#outbox.record(product.pending);
    return okAsync();
  }

  #keepHistory(before: ProductState, after: ProductState): void {
    const { productSlugs, removedVariants } = this.#memory.tables;
    if (before.slug !== after.slug || after.deletedAt !== null)
      productSlugs.set(before.slug, after.id);
    const kept = new Set(after.variants.map(({ id }) => id));
    for (const variant of before.variants)
      if (!kept.has(variant.id)) removedVariants.set(variant.id, { productId: after.id, variant });
  }

  /** All that are not deleted, but for one. */
  #others(id: ProductId | null): readonly ProductState[] {
    return [...this.#memory.tables.products.values()]
      .map(({ state }) => state)
      .filter((state) => state.id !== id && state.deletedAt === null);
  }
}
