import type { ProductStatus } from '@kastoma/domain/catalog';

import type { ExportedProduct } from './export-rows.ts';

export type ExportFilter = {
  readonly status: ProductStatus | null;
  /** A category's slug or id, for what stands in it. */
  readonly category: string | null;
};

export interface ProductExport {
  /** Some at a time, as they stood when the reading began; no more are read than are taken. */
  read(filter: ExportFilter): AsyncIterable<readonly ExportedProduct[]>;
}
