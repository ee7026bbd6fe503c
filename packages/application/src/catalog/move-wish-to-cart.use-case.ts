import { safeTry } from 'neverthrow';

import type { WishlistItem } from '@kastoma/domain/catalog';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion } from '../core/expected-version.ts';
import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { CartAdditions } from './cart-additions.port.ts';
import { takeOff, type RemoveWishCommand } from './change-wishlist-items.use-case.ts';
import type { WishlistQueries } from './wishlist-queries.port.ts';
import type { Wish, WishlistRepository } from './wishlist-repository.port.ts';

export type WishlistMoveTx = {
  readonly wishlists: WishlistRepository;
  readonly cart: CartAdditions;
  /** Reads what this transaction wrote. */
  readonly wishlistQueries: WishlistQueries;
};

export type WishlistMoves = UnitOfWork<WishlistMoveTx>;

/** Moves one unit of a wish into the cart: in one transaction, so that it is never in both places or in none. */
export class MoveWishToCart {
  readonly #moves: WishlistMoves;

  constructor(dependencies: { readonly moves: WishlistMoves }) {
    this.#moves = dependencies.moves;
  }

  execute(command: RemoveWishCommand, context: CallContext) {
    const { customerId, id, expectedVersion } = command;
    return this.#moves.run(context, ({ wishlists, cart, wishlistQueries }) =>
      safeTry(async function* () {
        const book = yield* wishlists.find(customerId);
        const { version } = yield* book.find(id);
        yield* checkVersion(version, expectedVersion);
        const item = yield* takeOff(wishlists, command);
        yield* cart.add(customerId, wishOf(item));
        return wishlistQueries.find(customerId, id);
      }),
    );
  }
}

function wishOf({ productId, variantId }: WishlistItem): Wish {
  return variantId === null ? { kind: 'product', productId } : { kind: 'variant', variantId };
}
