import type { CachedReads } from '../core/cached-reads.ts';
import type { PageRequest } from '../core/page.ts';
import { TREE_TAG } from './catalog-cache-tags.ts';
import type { CategoryQueries, CategoryTree } from './category-queries.port.ts';

/** Raised with every change of what a node of the tree holds. */
const TREE_SHAPE = 1;

const TREE_KEPT_MILLISECONDS = 5_000;

/** The tree as it was a moment ago; of everything else what stands. */
export class CachedCategoryQueries implements CategoryQueries {
  readonly #queries: CategoryQueries;
  readonly #reads: CachedReads;

  constructor(queries: CategoryQueries, reads: CachedReads) {
    this.#queries = queries;
    this.#reads = reads;
  }

  tree(): Promise<CategoryTree> {
    return this.#reads.read({
      key: `tree:${TREE_SHAPE}`,
      load: () => this.#queries.tree(),
      shared: {
        milliseconds: TREE_KEPT_MILLISECONDS,
        keptOf: (view) => ({ view, version: 0, tags: [TREE_TAG] }),
        restore: (view) => view as CategoryTree,
      },
    });
  }

  list(filter: { readonly parent: string | null }, page: PageRequest) {
    return this.#queries.list(filter, page);
  }

  find(idOrSlug: string) {
    return this.#queries.find(idOrSlug);
  }

  attributes(idOrSlug: string) {
    return this.#queries.attributes(idOrSlug);
  }
}
