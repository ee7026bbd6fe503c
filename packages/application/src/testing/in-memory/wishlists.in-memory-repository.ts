import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import { WishlistBook, WishlistItems, type UnknownWish } from '@kastoma/domain/catalog';
import type { UserId, WishlistId } from '@kastoma/domain/core';

import type {
  FoundWish,
  Wish,
  WishlistRepository,
} from '../../catalog/wishlist-repository.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryWishlistRepository implements WishlistRepository {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(customerId: UserId): ResultAsync<WishlistBook, never> {
    return okAsync(wishlistsOf(this.#memory, customerId));
  }

  save(book: WishlistBook): ResultAsync<void, never> {
    const { wishlistBooks, wishlistItems } = this.#memory.tables;
    const kept = new Set(book.lists.map(({ id }) => id));
    for (const { id } of wishlistsOf(this.#memory, book.customerId).lists)
      if (!kept.has(id)) wishlistItems.delete(id);
    wishlistBooks.set(book.customerId, book);
    return okAsync();
  }

  itemsOf(id: WishlistId): ResultAsync<WishlistItems, never> {
    return okAsync(itemsOfWishlist(this.#memory, id));
  }

  saveItems(id: WishlistId, items: WishlistItems): ResultAsync<void, never> {
    this.#memory.tables.wishlistItems.set(id, items);
    return okAsync();
  }

  locate(wish: Wish): ResultAsync<FoundWish, UnknownWish> {
    const found = [...this.#memory.tables.products.values()].find(
      ({ state: { id, variants, status, deletedAt } }) =>
        status === 'published' &&
        deletedAt === null &&
        (wish.kind === 'product'
          ? id === wish.productId
          : variants.some((variant) => variant.id === wish.variantId)),
    );
    const isVariant = wish.kind === 'variant';
    return found === undefined
      ? errAsync({ code: 'catalog.unknown_wish', path: [isVariant ? 'variantId' : 'productId'] })
      : okAsync({ productId: found.state.id, variantId: isVariant ? wish.variantId : null });
  }
}

export function wishlistsOf({ tables }: Memory, customerId: UserId): WishlistBook {
  return tables.wishlistBooks.get(customerId) ?? WishlistBook.restore(customerId, []);
}

export function itemsOfWishlist({ tables }: Memory, id: string): WishlistItems {
  return tables.wishlistItems.get(id) ?? WishlistItems.restore([]);
}
