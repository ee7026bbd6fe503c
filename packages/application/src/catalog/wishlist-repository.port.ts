import type { ResultAsync } from 'neverthrow';

import type { UnknownWish, WishlistBook, WishlistItems } from '@kastoma/domain/catalog';
import type { ProductId, UserId, VariantId, WishlistId } from '@kastoma/domain/core';

/** What to put on a list: a variant, or a product in whatever variant. */
export type Wish =
  | { readonly kind: 'variant'; readonly variantId: VariantId }
  | { readonly kind: 'product'; readonly productId: ProductId };

export type FoundWish = { readonly productId: ProductId; readonly variantId: VariantId | null };

export interface WishlistRepository {
  /** All lists of a customer, an empty book included; held until the work is done, so that two changes come one after the other. */
  find(customerId: UserId): ResultAsync<WishlistBook, never>;
  /** Stores what is new or changed, and forgets what was taken out, with all that was on it. */
  save(book: WishlistBook): ResultAsync<void, never>;
  /** What is on a list of a book that is held. */
  itemsOf(id: WishlistId): ResultAsync<WishlistItems, never>;
  saveItems(id: WishlistId, items: WishlistItems): ResultAsync<void, never>;
  /** What shoppers find in the catalogue. */
  locate(wish: Wish): ResultAsync<FoundWish, UnknownWish>;
}
