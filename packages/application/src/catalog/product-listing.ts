import type { ProductStatus, Rating } from '@kastoma/domain/catalog';
import type { Money } from '@kastoma/domain/core';

import type { ImageView } from './image-view.ts';

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
  readonly rating: Rating;
  readonly primaryImage: ImageView | null;
  /** Only where they were asked for. */
  readonly highlights?: Highlights;
};

/** Texts in which the words that were searched for are marked: HTML with nothing in it but `<mark>`. */
export type Highlights = {
  readonly name: string;
  /** The passages around the words; null where the description holds none. */
  readonly description: string | null;
};

/** Shoppers see what is published; staff see drafts and the archive as well. */
export type Audience = 'shoppers' | 'staff';
