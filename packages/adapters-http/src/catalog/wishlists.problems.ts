import type { NotMovedToCart } from '@kastoma/application/catalog';
import type {
  DefaultWishlistNeeded,
  TooManyWishlists,
  UnknownWish,
  WishRequired,
  WishlistFull,
  WishlistItemNotFound,
  WishlistNotFound,
} from '@kastoma/domain/catalog';

import type { ProblemMap } from '../core/problem-map.ts';

export type WishlistError =
  | DefaultWishlistNeeded
  | NotMovedToCart
  | TooManyWishlists
  | UnknownWish
  | WishRequired
  | WishlistFull
  | WishlistItemNotFound
  | WishlistNotFound;

export const WISHLIST_PROBLEMS: ProblemMap<WishlistError> = {
  'catalog.default_wishlist_needed': {
    status: 422,
    describe: () => 'One wishlist is the default: make another one the default instead.',
  },
  'catalog.not_moved_to_cart': {
    status: 409,
    describe: ({ reason }) => `The cart does not take it: ${reason}.`,
    detail: ({ reason }) => ({ reason }),
  },
  'catalog.too_many_wishlists': {
    status: 409,
    describe: ({ maximum }) => `You can have at most ${maximum} wishlists.`,
  },
  'catalog.unknown_wish': {
    status: 422,
    describe: () => 'There is nothing like that in this shop.',
  },
  'catalog.wish_required': {
    status: 422,
    describe: () => 'Name either a variant_id or a product_id.',
  },
  'catalog.wishlist_full': {
    status: 409,
    describe: ({ maximum }) => `A wishlist holds at most ${maximum} things.`,
  },
  'catalog.wishlist_item_not_found': {
    status: 404,
    describe: () => 'There is no such thing on the wishlist.',
  },
  'catalog.wishlist_not_found': { status: 404, describe: () => 'There is no such wishlist.' },
};
