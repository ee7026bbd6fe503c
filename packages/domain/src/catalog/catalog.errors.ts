export type ProductNotFound = { readonly code: 'catalog.product_not_found' };
export type CategoryNotFound = { readonly code: 'catalog.category_not_found' };
export type SlugTaken = { readonly code: 'catalog.slug_taken'; readonly slug: string };
export type SkuTaken = { readonly code: 'catalog.sku_taken'; readonly skus: readonly string[] };
