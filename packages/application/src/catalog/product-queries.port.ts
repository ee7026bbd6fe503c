import type { ResultAsync } from 'neverthrow';

import type { ProductMoved, ProductNotFound, ProductStatus } from '@kastoma/domain/catalog';
import type { Currency, Instant, ProductId, Tag } from '@kastoma/domain/core';

import type { Cursor, Feed, FeedRequest, Page, PageRequest } from '../core/page.ts';
import type { Facet, FacetName } from './product-facets.ts';
import type { Audience, ProductListing } from './product-listing.ts';
import type { ProductView } from './product-view.ts';

/** Of equals, the earlier id comes first, and last where the order is descending. */
export const PRODUCT_ORDERINGS = [
  'relevance',
  'name',
  '-name',
  'price',
  '-price',
  'created_at',
  '-created_at',
  'rating',
  '-rating',
] as const;
export type ProductOrdering = (typeof PRODUCT_ORDERINGS)[number];

/** What is left out or null is not asked for. */
export type ProductFilter = {
  readonly audience: Audience;
  /**
   * Words, each of which a name, a SKU, the category, an attribute, a tag or the description holds; of the
   * last one the beginning is enough. Where nothing has them, the nearest words that products have are
   * looked for. Without any word in it, a search finds nothing.
   */
  readonly search: string | null;
  /** A category's id or slug. */
  readonly category: string | null;
  /** A category's id or slug, for its products and those of all categories below it. */
  readonly categoryTree: string | null;
  /** The one in which prices are shown; what is not sold in it is left out. The store's, unless told. */
  readonly currency?: Currency | undefined;
  /** Inclusive bounds on the price shown, in minor units of its currency. */
  readonly minimumPrice: bigint | null;
  readonly maximumPrice: bigint | null;
  readonly inStock: boolean | null;
  /** In thousandths of a star; what nobody has rated has none. */
  readonly minimumRating?: number | null;
  /** At least one of them. */
  readonly tags?: readonly Tag[];
  /** Each of these. */
  readonly attributes?: readonly AttributeFilter[];
  /** From the one time on, and before the other. */
  readonly createdFrom?: Instant | null;
  readonly createdBefore?: Instant | null;
  readonly status?: ProductStatus | null;
  /** Without a search there is no relevance: then the latest come first. */
  readonly ordering: ProductOrdering;
};

/**
 * An attribute or an option of the product or of a variant, by its name in either case, which has at least
 * one of these values. A value is text, and as well the number or the truth value that it reads as.
 */
export type AttributeFilter = { readonly name: string; readonly values: readonly string[] };

/** What is shown beside the products. */
export type ListingExtras = {
  readonly facets?: readonly FacetName[];
  /** Where in its name and description the words of the search stand. */
  readonly highlights?: boolean;
};

/** A place in the list, by the keys of its ordering; of a search also whether words were taken as they stand (0) or the nearest ones (1). */
export type ProductPlace =
  | Cursor<'relevance', readonly [step: number, rank: number, id: string]>
  | Cursor<'name' | '-name', readonly [step: number, name: string, id: string]>
  | Cursor<'price' | '-price', readonly [step: number, amount: string, id: string]>
  | Cursor<'created_at' | '-created_at', readonly [step: number, createdAt: number, id: string]>
  | Cursor<'rating' | '-rating', readonly [step: number, rating: number, id: string]>;

export type ProductPage = Page<ProductListing> & { readonly facets: readonly Facet[] };
export type ProductFeed = Feed<ProductListing, ProductPlace> & {
  readonly facets: readonly Facet[];
};

export interface ProductQueries {
  /** Counts, those of facets included, are exact up to 10,000. */
  list(filter: ProductFilter, page: PageRequest, extras?: ListingExtras): Promise<ProductPage>;
  /** The same in the same order, to be read on from where one was. */
  feed(
    filter: ProductFilter,
    request: FeedRequest<ProductPlace>,
    extras?: ListingExtras,
  ): Promise<ProductFeed>;
  /** With prices in a currency, the store's unless told. Under a slug that it had before, it says where it is now. */
  find(
    idOrSlug: string,
    audience: Audience,
    currency?: Currency,
  ): ResultAsync<ProductView, ProductNotFound | ProductMoved>;
  /** What goes with a product, in its order; what this audience cannot see is left out. */
  related(
    productId: ProductId,
    audience: Audience,
    page: PageRequest,
    currency?: Currency,
  ): Promise<Page<ProductListing>>;
}
