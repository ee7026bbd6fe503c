import type { ResultAsync } from 'neverthrow';

import type { Product, ProductNotFound, SkuTaken, SlugTaken } from '@kastoma/domain/catalog';
import type { ProductId } from '@kastoma/domain/core';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface ProductRepository {
  /** Stores a new product with its variants, prices and events. */
  add(product: Product): ResultAsync<void, SlugTaken | SkuTaken>;
  /** By its id or its present slug. Holds it, with all that belongs to it, until the work is done. */
  find(idOrSlug: string): ResultAsync<Product, ProductNotFound>;
  /** Stores the changes with their events; a slug that it had leads to it from now on. */
  save(product: Product): ResultAsync<void, SlugTaken | SkuTaken | ConcurrentUpdate>;
  /** Those of which there is no product. */
  missingAmong(ids: readonly ProductId[]): ResultAsync<readonly ProductId[], never>;
}
