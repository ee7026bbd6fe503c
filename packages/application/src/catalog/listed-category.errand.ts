import { err, ok } from 'neverthrow';

import type { CategoryRevised } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { TOOK_TOO_LONG, type Errand } from '../core/subscriber.ts';
import type { RebuildListing } from './rebuild-listing.use-case.ts';

/** Products are found by the name of their category, and by the new one soon after it was renamed. */
export class ListedCategory implements Errand<CategoryRevised> {
  readonly consumer = 'catalog.listed_category';
  readonly #rebuildListing: Pick<RebuildListing, 'execute'>;

  constructor({ rebuildListing }: { readonly rebuildListing: Pick<RebuildListing, 'execute'> }) {
    this.#rebuildListing = rebuildListing;
  }

  readonly handle = (
    { payload }: CategoryRevised,
    context: CallContext,
    _eventId: string,
    signal: AbortSignal,
  ) => {
    const categoryId = payload.categoryId as CategoryId;
    return this.#rebuildListing
      .execute({ categoryId, signal }, context)
      .andThen((stopped) => (stopped === null ? ok() : err(TOOK_TOO_LONG)));
  };
}
