import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import {
  refuseTakenSkus,
  type Product,
  type SkuTaken,
  type SlugTaken,
} from '@kastoma/domain/catalog';

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
    const known: ReadonlySet<string> = new Set(
      others.flatMap((other) => other.variants.map(({ sku }) => sku)),
    );
    const unique = refuseTakenSkus(variants, (sku) => known.has(sku));
    if (unique.isErr()) return errAsync(unique.error);
    products.set(id, product);
    this.#outbox.record(product.pending);
    return okAsync();
  }
}
