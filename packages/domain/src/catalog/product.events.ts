import type { DomainEvent } from '../core/domain-event.ts';

export type ProductCreated = DomainEvent<
  'catalog.product_created',
  {
    readonly productId: string;
    readonly slug: string;
    readonly status: string;
    readonly variants: readonly { readonly variantId: string; readonly sku: string }[];
  }
>;

export type CategoryCreated = DomainEvent<
  'catalog.category_created',
  { readonly categoryId: string; readonly slug: string; readonly parentId: string | null }
>;

export type CatalogEvent = ProductCreated | CategoryCreated;
