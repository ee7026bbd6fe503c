import type { FieldPath } from '../core/text.value.ts';

export type WishlistNotFound = { readonly code: 'catalog.wishlist_not_found' };
export type WishlistItemNotFound = { readonly code: 'catalog.wishlist_item_not_found' };
export type TooManyWishlists = {
  readonly code: 'catalog.too_many_wishlists';
  readonly maximum: number;
};
export type WishlistFull = { readonly code: 'catalog.wishlist_full'; readonly maximum: number };
/** There is always one: another list is made the default instead. */
export type DefaultWishlistNeeded = {
  readonly code: 'catalog.default_wishlist_needed';
  readonly path: readonly ['isDefault'];
};
/** One thing is wished for at a time: a variant, or a product. */
export type WishRequired = { readonly code: 'catalog.wish_required'; readonly path: FieldPath };
/** Nothing that shoppers find in the catalogue. */
export type UnknownWish = { readonly code: 'catalog.unknown_wish'; readonly path: FieldPath };
