import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Product, SkuTaken, SlugTaken } from '@kastoma/domain/catalog';

import type { ProductRepository } from '../../catalog/product-repository.port.ts';
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
    const { products } = this.#memory.tables;
    const { id, slug, variants } = product.state;
    const others = [...products.values()].map(({ state }) => state);
    if (others.some((other) => other.slug === slug))
      return errAsync({ code: 'catalog.slug_taken', slug });
    const known = new Set(others.flatMap((other) => other.variants.map(({ sku }) => sku)));
    const taken = variants.map(({ sku }) => sku).filter((sku) => known.has(sku));
    if (taken.length > 0) return errAsync({ code: 'catalog.sku_taken', skus: taken });
    products.set(id, product);
    this.#outbox.record(product.pending);
    return okAsync();
  }
}
