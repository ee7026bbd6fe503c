import { safeTry, type Result } from 'neverthrow';

import type { WishlistBook } from '@kastoma/domain/catalog';
import type { Instant, UserId, WishlistId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';

export type WishlistDependencies = {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly clock: Clock;
};

export type OwnWishlist = {
  readonly customerId: UserId;
  readonly id: WishlistId;
  readonly expectedVersion: ExpectedVersion;
};

/** What every change of a list itself has in common. Gives the list as it then stands. */
export function editWishlist<E>(
  { unitOfWork, clock }: WishlistDependencies,
  context: CallContext,
  { customerId, id, expectedVersion }: OwnWishlist,
  change: (book: WishlistBook, at: Instant) => Result<WishlistBook, E>,
) {
  return unitOfWork.run(context, ({ wishlists, wishlistQueries }) =>
    safeTry(async function* () {
      const book = yield* wishlists.find(customerId);
      const { version } = yield* book.find(id);
      yield* checkVersion(version, expectedVersion);
      yield* wishlists.save(yield* change(book, clock.now()));
      return wishlistQueries.find(customerId, id);
    }),
  );
}
