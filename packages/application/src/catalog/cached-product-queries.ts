import { ok, ResultAsync, type Result } from 'neverthrow';

import type { ProductMoved, ProductNotFound } from '@kastoma/domain/catalog';
import type { Currency, ProductId } from '@kastoma/domain/core';

import type { CachedRead, CachedReads } from '../core/cached-reads.ts';
import type { FeedRequest, PageRequest } from '../core/page.ts';
import { LISTS_TAG, tagsOfProduct } from './catalog-cache-tags.ts';
import type { Audience } from './product-listing.ts';
import type {
  ListingExtras,
  ProductFilter,
  ProductPlace,
  ProductQueries,
} from './product-queries.port.ts';
import type { ProductView } from './product-view.ts';

/** Raised with every change of what views hold: processes of two versions of the shop may share a cache. */
export const PRODUCT_VIEWS_SHAPE = 1;

const PRODUCT_KEPT_MILLISECONDS = 30_000;
/** Of what is new nothing is told to the cache, so it is in all lists after so long. */
const LIST_KEPT_MILLISECONDS = 5_000;

/** Nobody leafs so far that others do the same; searches are all different. */
const LAST_SHARED_PAGE = 10;

type Found = Result<ProductView, ProductNotFound | ProductMoved>;

/** Products for shoppers as they were a moment ago; staff read what stands. */
export class CachedProductQueries implements ProductQueries {
  readonly #queries: ProductQueries;
  readonly #reads: CachedReads;

  constructor(queries: ProductQueries, reads: CachedReads) {
    this.#queries = queries;
    this.#reads = reads;
  }

  list(filter: ProductFilter, page: PageRequest, extras?: ListingExtras) {
    const load = () => this.#queries.list(filter, page, extras);
    const isShared = filter.search === null && page.page <= LAST_SHARED_PAGE;
    return this.#listed('list', filter.audience, [filter, page, extras], isShared, load);
  }

  feed(filter: ProductFilter, request: FeedRequest<ProductPlace>, extras?: ListingExtras) {
    const load = () => this.#queries.feed(filter, request, extras);
    const isShared = filter.search === null && request.after === null;
    return this.#listed('feed', filter.audience, [filter, request, extras], isShared, load);
  }

  related(productId: ProductId, audience: Audience, page: PageRequest, currency?: Currency) {
    const load = () => this.#queries.related(productId, audience, page, currency);
    return this.#listed('related', audience, [productId, page, currency], true, load);
  }

  find(
    idOrSlug: string,
    audience: Audience,
    currency?: Currency,
  ): ResultAsync<ProductView, ProductNotFound | ProductMoved> {
    if (audience === 'staff') return this.#queries.find(idOrSlug, audience, currency);
    const read: CachedRead<Found> = {
      key: keyOf('product', [idOrSlug, currency]),
      load: async () => this.#queries.find(idOrSlug, audience, currency),
      shared: {
        milliseconds: PRODUCT_KEPT_MILLISECONDS,
        keptOf: (found) =>
          found.match(
            (view) => ({ view, version: view.version, tags: tagsOfProduct(view) }),
            () => null,
          ),
        restore: (view) => ok(view as ProductView),
      },
    };
    return new ResultAsync(this.#reads.read(read));
  }

  #listed<Value>(
    kind: string,
    audience: Audience,
    asked: readonly unknown[],
    isShared: boolean,
    load: () => Promise<Value>,
  ): Promise<Value> {
    if (audience === 'staff') return load();
    const key = keyOf(kind, asked);
    if (!isShared) return this.#reads.read({ key, load });
    const shared = {
      milliseconds: LIST_KEPT_MILLISECONDS,
      keptOf: (view: Value) => ({ view, version: 0, tags: [LISTS_TAG] }),
      restore: (view: unknown) => view as Value,
    };
    return this.#reads.read({ key, load, shared });
  }
}

function keyOf(kind: string, asked: readonly unknown[]): string {
  const told = JSON.stringify(asked, (_name, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return `${kind}:${PRODUCT_VIEWS_SHAPE}:${told}`;
}
