import type { ProductId } from '@kastoma/domain/core';

import { groupRows } from './import-groups.ts';
import type { ImportProblem } from './import-problem.ts';
import { importProduct, type ImportMeans } from './import-product.ts';
import type { ImportRow } from './import-row.ts';
import type { ProductBatch, ProductChange, ShelfQuestion } from './product-batch.ts';

export type ImportedBatch = {
  readonly batch: ProductBatch;
  /** New products whose slug nobody stated: it was made of the name. */
  readonly unstated: ReadonlySet<ProductId>;
  readonly problems: readonly ImportProblem[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
};

/** What has to be known before these rows can be taken. */
export function questionOf(rows: readonly ImportRow[]): ShelfQuestion {
  return {
    productIds: rows.flatMap(({ productId }) => productId ?? []),
    slugs: rows.flatMap(({ productSlug }) => productSlug ?? []),
    skus: rows.map(({ sku }) => sku),
    categories: [...new Set(rows.flatMap(({ product }) => product.category ?? []))],
  };
}

/** What these rows make of the catalogue and the stock, by the rules that hold for everybody. */
export function importBatch(rows: readonly ImportRow[], means: ImportMeans): ImportedBatch {
  const { groups, problems } = groupRows(rows, means.shelf.products);
  const imported = groups.map((group) => ({ group, ...importProduct(group, means) }));
  const accepted = imported.filter((one) => one.accepted > 0);
  const isNew = ({ group }: (typeof imported)[number]) => group.before === null;
  const isChanged = ({ change, stock }: (typeof imported)[number]) =>
    change !== null || stock.length > 0;
  return {
    batch: {
      products: imported.flatMap(({ change }) => change ?? []),
      stock: imported.flatMap(({ stock }) => stock),
    },
    unstated: new Set(
      accepted
        .filter(({ group }) => group.rows.every(({ productSlug }) => productSlug === null))
        .flatMap(({ change }) => (change?.before === null ? [change.product.state.id] : [])),
    ),
    problems: [...problems, ...imported.flatMap((one) => one.problems)],
    created: accepted.filter(isNew).length,
    updated: accepted.filter((one) => !isNew(one) && isChanged(one)).length,
    unchanged: accepted.filter((one) => !isNew(one) && !isChanged(one)).length,
  };
}

/** The slugs that were made of names, and that somebody may have already. */
export function derivedSlugs({ batch, unstated }: ImportedBatch): readonly string[] {
  return batch.products
    .map(({ product }) => product.state)
    .filter(({ id }) => unstated.has(id))
    .map(({ slug }) => slug);
}

/** A slug made of a name gives way to those that are stated, and to those that others have. */
export function underFreeSlugs(
  { batch, unstated }: ImportedBatch,
  stated: readonly string[],
  taken: readonly string[],
): ProductBatch {
  const used = new Set<string>([...taken, ...stated]);
  const products = batch.products.map((change): ProductChange => {
    const { before, product } = change;
    if (!unstated.has(product.state.id)) return change;
    const free = used.has(product.state.slug) ? product.withUniqueSlug() : product;
    used.add(free.state.slug);
    return { before, product: free };
  });
  return { ...batch, products };
}
