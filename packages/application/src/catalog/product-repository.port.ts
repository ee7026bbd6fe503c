import type { ResultAsync } from 'neverthrow';

import type { Product, SkuTaken, SlugTaken } from '@kastoma/domain/catalog';

export interface ProductRepository {
  /** Stores a new product with its variants, prices and events. */
  add(product: Product): ResultAsync<void, SlugTaken | SkuTaken>;
}
