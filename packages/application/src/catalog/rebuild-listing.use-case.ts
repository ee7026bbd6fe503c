import { ok, safeTry } from 'neverthrow';

import type { CategoryId, ProductId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { Listing } from './listing.port.ts';

const PRODUCTS_AT_ONCE = 500;

export type RebuildListingCommand = {
  /** Its products alone. */
  readonly categoryId?: CategoryId | undefined;
  /** Hears of each step: an interrupted rebuild can go on behind the product. */
  readonly onProgress?: ((last: ProductId) => void) | undefined;
  readonly after?: ProductId | null | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** What lists are read from is all that it takes. */
export type ListingUnitOfWork = UnitOfWork<{ readonly listing: Listing }>;

/**
 * Makes anew what lists are read from, while the shop is open: after stock was written past the shop, or when
 * somebody doubts it. What is right already is left alone.
 */
export class RebuildListing {
  readonly #unitOfWork: ListingUnitOfWork;

  constructor({ unitOfWork }: { readonly unitOfWork: ListingUnitOfWork }) {
    this.#unitOfWork = unitOfWork;
  }

  execute(command: RebuildListingCommand, context: CallContext) {
    const unitOfWork = this.#unitOfWork;
    const { categoryId, onProgress } = command;
    return safeTry(async function* () {
      let after = command.after ?? null;
      for (;;) {
        if (command.signal?.aborted === true) break;
        const batch = { after, limit: PRODUCTS_AT_ONCE, categoryId };
        after = yield* unitOfWork.run(context, ({ listing }) => listing.rebuild(batch));
        if (after === null) break;
        onProgress?.(after);
      }
      return ok(after);
    });
  }
}
