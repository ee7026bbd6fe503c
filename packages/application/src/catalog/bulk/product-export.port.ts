import type { ProductStatus } from '@kastoma/domain/catalog';
import type { Tag } from '@kastoma/domain/core';

import type { ExportedProduct } from './export-rows.ts';

/** What is left out or null is not asked for. */
export type ExportFilter = {
  readonly status: ProductStatus | null;
  /** A category's slug or id, for what stands in it. */
  readonly category: string | null;
  /** The same with all categories below it. */
  readonly categoryTree?: string | null;
  /** Whether a unit of some variant can be had. */
  readonly inStock?: boolean | null;
  /** At least one of them. */
  readonly tags?: readonly Tag[];
};

export interface ProductExport {
  /** Some at a time, as they stood when the reading began; no more are read than are taken. */
  read(filter: ExportFilter): AsyncIterable<readonly ExportedProduct[]>;
}
