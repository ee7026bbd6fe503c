import { err, ok, safeTry } from 'neverthrow';

import type { WishRequired } from '@kastoma/domain/catalog';
import type { UserId, WishlistId, WishlistItemId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { WishlistDependencies } from './edit-wishlists.ts';
import type { Wish, WishlistRepository } from './wishlist-repository.port.ts';

export type AddWishCommand = {
  readonly customerId: UserId;
  readonly id: WishlistId;
  /** Null where none was named, or two. */
  readonly wish: Wish | null;
};

export type RemoveWishCommand = {
  readonly customerId: UserId;
  readonly id: WishlistId;
  readonly itemId: WishlistItemId;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = WishlistDependencies & { readonly ids: IdGenerator };

const WISH_REQUIRED: WishRequired = { code: 'catalog.wish_required', path: ['variantId'] };

/** Puts things on one's list and takes them off it. */
export class ChangeWishlistItems {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** What is on it already stays as it is. */
  add({ customerId, id, wish }: AddWishCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ wishlists, wishlistQueries }) =>
      safeTry(async function* () {
        const book = yield* wishlists.find(customerId);
        yield* book.find(id);
        if (wish === null) return err(WISH_REQUIRED);
        const found = yield* wishlists.locate(wish);
        const items = yield* wishlists.itemsOf(id);
        const itemId = ids.next<WishlistItemId>();
        const more = yield* items.add({ id: itemId, ...found, addedAt: clock.now() });
        if (more !== items) {
          yield* wishlists.save(yield* book.withChangedItems(id));
          yield* wishlists.saveItems(id, more);
        }
        return wishlistQueries.find(customerId, id);
      }),
    );
  }

  remove({ customerId, id, itemId, expectedVersion }: RemoveWishCommand, context: CallContext) {
    return this.#dependencies.unitOfWork.run(context, ({ wishlists, wishlistQueries }) =>
      safeTry(async function* () {
        const book = yield* wishlists.find(customerId);
        const { version } = yield* book.find(id);
        yield* checkVersion(version, expectedVersion);
        yield* takeOff(wishlists, { customerId, id, itemId });
        return wishlistQueries.find(customerId, id);
      }),
    );
  }
}

/** Takes something off a list; gives what it was. */
export function takeOff(
  wishlists: WishlistRepository,
  { customerId, id, itemId }: Omit<RemoveWishCommand, 'expectedVersion'>,
) {
  return safeTry(async function* () {
    const book = yield* wishlists.find(customerId);
    const changed = yield* book.withChangedItems(id);
    const items = yield* wishlists.itemsOf(id);
    const item = yield* items.find(itemId);
    yield* wishlists.save(changed);
    yield* wishlists.saveItems(id, yield* items.remove(itemId));
    return ok(item);
  });
}
