import { safeTry } from 'neverthrow';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion } from '../core/expected-version.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import type { OwnWishlist } from './edit-wishlists.ts';

/** Forgets one's list with all that is on it. */
export class DeleteWishlist {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(dependencies: { readonly unitOfWork: CatalogUnitOfWork }) {
    this.#unitOfWork = dependencies.unitOfWork;
  }

  execute({ customerId, id, expectedVersion }: OwnWishlist, context: CallContext) {
    return this.#unitOfWork.run(context, ({ wishlists }) =>
      safeTry(async function* () {
        const book = yield* wishlists.find(customerId);
        const { version } = yield* book.find(id);
        yield* checkVersion(version, expectedVersion);
        return wishlists.save(yield* book.remove(id));
      }),
    );
  }
}
