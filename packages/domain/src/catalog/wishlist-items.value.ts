import { err, ok, type Result } from 'neverthrow';

import type { ProductId, VariantId, WishlistItemId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { WishlistFull, WishlistItemNotFound } from './wishlist.errors.ts';

/** Something that somebody would like to have. */
export type WishlistItem = {
  readonly id: WishlistItemId;
  readonly productId: ProductId;
  /** Null where the product is wished for, in whatever variant. */
  readonly variantId: VariantId | null;
  readonly addedAt: Instant;
};

export const MOST_WISHLIST_ITEMS = 500;

/** What is on a wishlist, the oldest first; each thing once. */
export class WishlistItems {
  readonly items: readonly WishlistItem[];

  private constructor(items: readonly WishlistItem[]) {
    this.items = Object.freeze(items);
    Object.freeze(this);
  }

  /** For persistence only. */
  static restore(items: readonly WishlistItem[]): WishlistItems {
    return new WishlistItems(items);
  }

  find(id: WishlistItemId): Result<WishlistItem, WishlistItemNotFound> {
    const found = this.items.find((item) => item.id === id);
    return found === undefined ? err({ code: 'catalog.wishlist_item_not_found' }) : ok(found);
  }

  /** What is there already stays as it is, and the list the same. */
  add(wish: WishlistItem): Result<WishlistItems, WishlistFull> {
    const isThere = this.items.some(
      ({ productId, variantId }) => productId === wish.productId && variantId === wish.variantId,
    );
    if (isThere) return ok(this);
    return this.items.length >= MOST_WISHLIST_ITEMS
      ? err({ code: 'catalog.wishlist_full', maximum: MOST_WISHLIST_ITEMS })
      : ok(new WishlistItems([...this.items, wish]));
  }

  remove(id: WishlistItemId): Result<WishlistItems, WishlistItemNotFound> {
    return this.find(id).map(() => new WishlistItems(this.items.filter((item) => item.id !== id)));
  }
}
