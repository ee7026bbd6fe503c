import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Category, CategoryNotFound } from '@kastoma/domain/catalog';

import type { CategoryQueries, CategoryView } from '../../catalog/category-queries.port.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { byKeys, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryCategoryQueries implements CategoryQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list(page: PageRequest): Promise<Page<CategoryView>> {
    const sorted = this.#all().toSorted(
      byKeys(
        ({ name }) => name,
        ({ id }) => id,
      ),
    );
    return pageOf(sorted, page);
  }

  find(idOrSlug: string): ResultAsync<CategoryView, CategoryNotFound> {
    const found = this.#all().find(
      ({ id, slug }) => id === idOrSlug.toLowerCase() || slug === idOrSlug,
    );
    return found === undefined ? errAsync({ code: 'catalog.category_not_found' }) : okAsync(found);
  }

  #all(): readonly CategoryView[] {
    return [...this.#memory.tables.categories.values()].map((category) => this.#toView(category));
  }

  #toView({ state, version }: Category): CategoryView {
    const { id, slug, name, description, parentId } = state;
    const productCount = [...this.#memory.tables.products.values()].filter(
      (product) => product.state.categoryId === id && product.state.status === 'published',
    ).length;
    return { id, slug, name, description, parentId, productCount, version };
  }
}
