import type { CallContext } from '../core/call-context.ts';
import { editWishlist, type OwnWishlist, type WishlistDependencies } from './edit-wishlists.ts';
import type { ShareTokens } from './share-tokens.port.ts';

type Dependencies = WishlistDependencies & { readonly shareTokens: ShareTokens };

/** Makes a link to one's list that others can be sent, or takes it back. */
export class ShareWishlist {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** What is shared already keeps its link. */
  share(own: OwnWishlist, context: CallContext) {
    const token = this.#dependencies.shareTokens.next();
    return editWishlist(this.#dependencies, context, own, (book) => book.share(own.id, token));
  }

  stop(own: OwnWishlist, context: CallContext) {
    return editWishlist(this.#dependencies, context, own, (book) => book.unshare(own.id));
  }
}
