import type {
  SharedWishlist,
  WishlistItemView,
  WishlistSummary,
  WishlistView,
} from '@kastoma/application/catalog';
import { formatInstant } from '@kastoma/domain/core';

import { presentImage } from './images.presenters.ts';

export function presentWishlistSummary(list: WishlistSummary) {
  const { shareToken: token } = list;
  return {
    id: list.id,
    name: list.name,
    is_default: list.isDefault,
    item_count: list.itemCount,
    share_token: token,
    share_path: token === null ? null : `/api/v1/wishlists/shared/${token}/`,
    version: list.version,
    created_at: formatInstant(list.createdAt),
  };
}

export function presentWishlist(list: WishlistView) {
  return { ...presentWishlistSummary(list), items: list.items.map(presentItem) };
}

export function presentSharedWishlist({ name, itemCount, items }: SharedWishlist) {
  return { name, item_count: itemCount, items: items.map(presentItem) };
}

function presentItem(item: WishlistItemView) {
  return {
    id: item.id,
    product: item.product,
    variant: item.variant,
    price: item.price?.toJSON() ?? null,
    available: item.isAvailable,
    primary_image: item.primaryImage === null ? null : presentImage(item.primaryImage),
    added_at: formatInstant(item.addedAt),
  };
}
