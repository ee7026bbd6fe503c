import type { ResultAsync } from 'neverthrow';

import type {
  ProductNotFound,
  ProductStatus,
  Attributes,
  ProductImage,
} from '@kastoma/domain/catalog';
import type { Instant, Money } from '@kastoma/domain/core';

import type { Page, PageRequest } from '../core/page.ts';

export type CategoryReference = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
};

/** A product in a list: shown by its cheapest variant. */
export type ProductListing = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: ProductStatus;
  readonly price: Money;
  readonly compareAtPrice: Money | null;
  readonly sku: string;
  readonly category: CategoryReference | null;
  readonly tags: readonly string[];
  readonly inStock: boolean;
  readonly primaryImage: ProductImage | null;
};

export type VariantView = {
  readonly id: string;
  readonly sku: string;
  readonly name: string | null;
  readonly price: Money;
  readonly compareAtPrice: Money | null;
  /** How far promotions may go; shoppers are not told, and see null. */
  readonly minimumPrice: Money | null;
  readonly inStock: boolean;
  readonly attributes: Attributes;
  readonly weightGrams: number | null;
  readonly taxClass: string;
};

export type ProductView = ProductListing & {
  readonly description: string;
  readonly attributes: Attributes;
  readonly variants: readonly VariantView[];
  readonly images: readonly ProductImage[];
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

/** Shoppers see what is published; staff see drafts and the archive as well. */
export type Audience = 'shoppers' | 'staff';

export const PRODUCT_ORDERINGS = [
  'name',
  '-name',
  'price',
  '-price',
  'created_at',
  '-created_at',
] as const;
export type ProductOrdering = (typeof PRODUCT_ORDERINGS)[number];

export type ProductFilter = {
  readonly audience: Audience;
  /** Words, each of which the name or a SKU contains, in either case. */
  readonly search: string | null;
  /** A category's id or slug. */
  readonly category: string | null;
  /** Inclusive bounds on the price shown, in minor units of the store's currency. */
  readonly minimumPrice: bigint | null;
  readonly maximumPrice: bigint | null;
  readonly inStock: boolean | null;
  readonly ordering: ProductOrdering;
};

export interface ProductQueries {
  list(filter: ProductFilter, page: PageRequest): Promise<Page<ProductListing>>;
  find(idOrSlug: string, audience: Audience): ResultAsync<ProductView, ProductNotFound>;
}
