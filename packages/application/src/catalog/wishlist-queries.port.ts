import type { ResultAsync } from 'neverthrow';

import type { WishlistNotFound } from '@kastoma/domain/catalog';
import type { Instant, Money, UserId, WishlistId } from '@kastoma/domain/core';

import type { Page, PageRequest } from '../core/page.ts';
import type { ImageView } from './image-view.ts';

/** A wish as the shop stands today. */
export type WishlistItemView = {
  readonly id: string;
  readonly product: { readonly id: string; readonly slug: string; readonly name: string };
  /** Null where the product is wished for, in whatever variant. */
  readonly variant: {
    readonly id: string;
    readonly sku: string;
    readonly name: string | null;
  } | null;
  /** In the store's currency, of a product that of its cheapest variant; null where it is not for sale. */
  readonly price: Money | null;
  /** Whether it can be put into a cart and there is some. */
  readonly isAvailable: boolean;
  readonly primaryImage: ImageView | null;
  readonly addedAt: Instant;
};

export type WishlistSummary = {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly itemCount: number;
  readonly shareToken: string | null;
  readonly createdAt: Instant;
  readonly version: number;
};

/** With all that is on it, the newest first. */
export type WishlistView = WishlistSummary & { readonly items: readonly WishlistItemView[] };

/** What others see: nothing of whose it is. */
export type SharedWishlist = Pick<WishlistView, 'name' | 'itemCount' | 'items'>;

export interface WishlistQueries {
  /** Somebody's own, the oldest first. */
  list(customerId: UserId, page: PageRequest): Promise<Page<WishlistSummary>>;
  find(customerId: UserId, id: WishlistId): ResultAsync<WishlistView, WishlistNotFound>;
  findShared(token: string): ResultAsync<SharedWishlist, WishlistNotFound>;
}
