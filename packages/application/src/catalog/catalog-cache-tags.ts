import type { ProductListing } from './product-listing.ts';
import type { ProductView } from './product-view.ts';

/** What shows many products: lists of any filter. */
export const LISTS_TAG = 'lists';
/** The tree of the categories, with what stands in each. */
export const TREE_TAG = 'tree';
/** Of every product that is shown with others: one that was hidden may join them. */
export const SHELVES_TAG = 'shelves';

export function productTag(productId: string): string {
  return `product:${productId}`;
}

export function categoryTag(categoryId: string): string {
  return `category:${categoryId}`;
}

/** All that a product's page shows something of. */
export function tagsOfProduct(product: ProductView): readonly string[] {
  const shown: readonly Pick<ProductListing, 'id' | 'category'>[] = [product, ...product.related];
  const tags = shown.flatMap(({ id, category }) => [
    productTag(id),
    ...(category === null ? [] : [categoryTag(category.id)]),
  ]);
  return [...new Set([SHELVES_TAG, ...tags])];
}
