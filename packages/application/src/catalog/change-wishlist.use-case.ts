import type { WishlistChanges } from '@kastoma/domain/catalog';

import type { CallContext } from '../core/call-context.ts';
import { editWishlist, type OwnWishlist, type WishlistDependencies } from './edit-wishlists.ts';

export type ChangeWishlistCommand = OwnWishlist & { readonly changes: WishlistChanges };

/** Names one's list anew, or makes it the default. */
export class ChangeWishlist {
  readonly #dependencies: WishlistDependencies;

  constructor(dependencies: WishlistDependencies) {
    this.#dependencies = dependencies;
  }

  execute({ changes, ...own }: ChangeWishlistCommand, context: CallContext) {
    return editWishlist(this.#dependencies, context, own, (book) => book.change(own.id, changes));
  }
}
