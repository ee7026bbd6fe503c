import type { Product } from '@kastoma/domain/catalog';

import type { RowGroup } from './import-draft.ts';
import type { ImportProblem, ImportRowError } from './import-problem.ts';
import type { ImportRow } from './import-row.ts';

/** What the rows of a batch are about, and the rows that contradict what there is. */
export type Grouped = {
  readonly groups: readonly RowGroup[];
  readonly problems: readonly ImportProblem[];
};

/**
 * Puts rows to their products. A product is known by its id, else by its slug, else by the SKU of one of its
 * variants; rows that state a slug which nobody has are about one product, a new one unless a SKU says otherwise.
 */
export function groupRows(rows: readonly ImportRow[], products: readonly Product[]): Grouped {
  const byId = new Map(products.map((product) => [product.state.id, product]));
  const bySlug = new Map<string, Product>(products.map((one) => [one.state.slug, one]));
  const bySku = new Map(
    products.flatMap((product) => product.state.variants.map(({ sku }) => [sku, product])),
  );
  for (const { productSlug, sku } of rows) {
    const known = bySku.get(sku);
    if (productSlug !== null && known !== undefined && !bySlug.has(productSlug))
      bySlug.set(productSlug, known);
  }
  const groups = new Map<string, { before: Product | null; rows: ImportRow[] }>();
  const problems: ImportProblem[] = [];
  for (const row of rows) {
    const { productId, productSlug, sku } = row;
    const owner = bySku.get(sku) ?? null;
    const named =
      productId !== null
        ? byId.get(productId)
        : productSlug !== null
          ? (bySlug.get(productSlug) ?? null)
          : owner;
    if (named === undefined) {
      problems.push(problemOf(row, 'product_id', { code: 'catalog.product_not_found' }));
    } else if (owner !== null && owner !== named) {
      const path = ['sku'];
      problems.push(problemOf(row, 'sku', { code: 'catalog.sku_taken', skus: [sku], path }));
    } else {
      const key = named?.state.id ?? (productSlug === null ? `sku ${sku}` : `slug ${productSlug}`);
      const group = groups.get(key) ?? { before: named, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
  }
  return { groups: [...groups.values()], problems };
}

export function problemOf(
  { line, sku }: Pick<ImportRow, 'line' | 'sku'>,
  column: string | null,
  error: ImportRowError,
): ImportProblem {
  return { line, sku, column, error };
}
