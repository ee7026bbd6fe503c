import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import {
  priceIn,
  type Wishlist,
  type WishlistItem,
  type WishlistNotFound,
} from '@kastoma/domain/catalog';
import type { Money, UserId, WishlistId } from '@kastoma/domain/core';

import { viewImage } from '../../catalog/image-view.ts';
import type {
  SharedWishlist,
  WishlistItemView,
  WishlistQueries,
  WishlistSummary,
  WishlistView,
} from '../../catalog/wishlist-queries.port.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import type { StoreSettings } from '../../core/store-settings.ts';
import { pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';
import { stockOf } from './stock-accounts.ts';
import { itemsOfWishlist, wishlistsOf } from './wishlists.in-memory-repository.ts';

export class InMemoryWishlistQueries implements WishlistQueries {
  readonly #memory: Memory;
  readonly #settings: StoreSettings;

  constructor(memory: Memory, settings: StoreSettings) {
    this.#memory = memory;
    this.#settings = settings;
  }

  async list(customerId: UserId, page: PageRequest): Promise<Page<WishlistSummary>> {
    const { lists } = wishlistsOf(this.#memory, customerId);
    return pageOf(
      lists.map((list) => this.#summarise(list)),
      page,
    );
  }

  find(customerId: UserId, id: WishlistId): ResultAsync<WishlistView, WishlistNotFound> {
    return wishlistsOf(this.#memory, customerId)
      .find(id)
      .asyncMap(async (list) => this.#toView(list));
  }

  findShared(token: string): ResultAsync<SharedWishlist, WishlistNotFound> {
    const found = [...this.#memory.tables.wishlistBooks.values()]
      .flatMap(({ lists }) => lists)
      .find(({ shareToken }) => shareToken === token);
    if (found === undefined) return errAsync({ code: 'catalog.wishlist_not_found' });
    const { name, itemCount, items } = this.#toView(found);
    return okAsync({ name, itemCount, items });
  }

  #summarise(list: Wishlist): WishlistSummary {
    return { ...list, itemCount: itemsOfWishlist(this.#memory, list.id).items.length };
  }

  #toView(list: Wishlist): WishlistView {
    const { items } = itemsOfWishlist(this.#memory, list.id);
    return {
      ...this.#summarise(list),
      items: items.toReversed().flatMap((item) => this.#viewItem(item)),
    };
  }

  #viewItem({ id, productId, variantId, addedAt }: WishlistItem): readonly WishlistItemView[] {
    const { products, removedVariants } = this.#memory.tables;
    const product = products.get(productId)?.state;
    if (product === undefined) return [];
    const isVisible = product.status === 'published' && product.deletedAt === null;
    const wanted = product.variants.filter(
      (variant) => variantId === null || variant.id === variantId,
    );
    const offers = (isVisible ? wanted : []).flatMap((variant) => {
      const priced = priceIn(variant, this.#settings.currency);
      const isInStock = stockOf(this.#memory, variant.id)?.isInStock ?? false;
      return priced === null ? [] : [{ price: priced.price, isInStock }];
    });
    const named =
      variantId === null ? null : (wanted[0] ?? removedVariants.get(variantId)?.variant);
    const [image] = product.images;
    return [
      {
        id,
        product: { id: product.id, slug: product.slug, name: product.name },
        variant:
          named === null || named === undefined
            ? null
            : { id: named.id, sku: named.sku, name: named.name },
        price: cheapest(offers.map(({ price }) => price)),
        isAvailable: offers.some(({ isInStock }) => isInStock),
        primaryImage: image === undefined ? null : viewImage(image, this.#settings.mediaUrl),
        addedAt,
      },
    ];
  }
}

function cheapest(prices: readonly Money[]): Money | null {
  return prices.reduce<Money | null>(
    (best, price) => (best === null || price.minorUnits < best.minorUnits ? price : best),
    null,
  );
}
