import { safeTry } from 'neverthrow';

import type { UserId, WishlistId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { WishlistDependencies } from './edit-wishlists.ts';

export type CreateWishlistCommand = {
  readonly customerId: UserId;
  readonly name: string;
  readonly isDefault?: boolean | undefined;
};

type Dependencies = WishlistDependencies & { readonly ids: IdGenerator };

/** Begins a list of wishes. */
export class CreateWishlist {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ customerId, name, isDefault }: CreateWishlistCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ wishlists, wishlistQueries }) =>
      safeTry(async function* () {
        const book = yield* wishlists.find(customerId);
        const id = ids.next<WishlistId>();
        yield* wishlists.save(yield* book.add({ id, name, at: clock.now() }, isDefault));
        return wishlistQueries.find(customerId, id);
      }),
    );
  }
}
