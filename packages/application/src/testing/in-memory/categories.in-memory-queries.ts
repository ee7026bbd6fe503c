import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import { definitionsInForce, type Category } from '@kastoma/domain/catalog';

import {
  MOST_CHILDREN_SHOWN,
  type CategoryAttributes,
  type CategoryDetail,
  type CategoryElsewhere,
  type CategoryQueries,
  type CategoryTree,
  type CategoryView,
} from '../../catalog/category-queries.port.ts';
import { growTree } from '../../catalog/category-tree.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { categoriesIn, lineOf } from './category-lines.ts';
import { byKeys, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

const byName = byKeys<CategoryView>(
  ({ name }) => name,
  ({ id }) => id,
);
const asSiblings = byKeys<CategoryView>(
  ({ position }) => position,
  ({ name }) => name,
  ({ id }) => id,
);

export class InMemoryCategoryQueries implements CategoryQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list(
    { parent }: { readonly parent: string | null },
    page: PageRequest,
  ): Promise<Page<CategoryView>> {
    if (parent === null) return pageOf(this.#all().toSorted(byName), page);
    const id = this.#find(parent)?.state.id;
    return pageOf(id === undefined ? [] : this.#below(id), page);
  }

  find(idOrSlug: string): ResultAsync<CategoryDetail, CategoryElsewhere> {
    return this.#found(idOrSlug).map((category) => ({
      ...this.#toView(category),
      breadcrumbs: lineOf(this.#memory, category.state.id)
        .slice(0, -1)
        .map(({ state: { id, slug, name } }) => ({ id, slug, name })),
      children: this.#below(category.state.id).slice(0, MOST_CHILDREN_SHOWN),
    }));
  }

  async tree(): Promise<CategoryTree> {
    return growTree(
      this.#all()
        .toSorted(asSiblings)
        .map(({ description, treeProductCount, ...node }) => node),
    );
  }

  attributes(idOrSlug: string): ResultAsync<CategoryAttributes, CategoryElsewhere> {
    return this.#found(idOrSlug).map(({ state, version }) => ({
      definitions: state.attributeDefinitions,
      inForce: definitionsInForce(
        lineOf(this.#memory, state.id).map((category) => category.state.attributeDefinitions),
      ),
      version,
    }));
  }

  #found(idOrSlug: string): ResultAsync<Category, CategoryElsewhere> {
    const found = this.#find(idOrSlug);
    if (found !== undefined) return okAsync(found);
    const renamed = this.#find(this.#lastHolderOf(idOrSlug));
    return errAsync(
      renamed === undefined
        ? { code: 'catalog.category_not_found' }
        : { code: 'catalog.category_renamed', slug: renamed.state.slug },
    );
  }

  /** The id of the category that gave the slug up last. */
  #lastHolderOf(slug: string): string {
    const given = this.#memory.tables.events.findLast(
      ({ type, payload }) =>
        (type === 'catalog.category_revised' &&
          'previousSlug' in payload &&
          payload.previousSlug === slug) ||
        (type === 'catalog.category_deleted' && 'slug' in payload && payload.slug === slug),
    );
    return given?.aggregateId ?? '';
  }

  #find(idOrSlug: string): Category | undefined {
    return categoriesIn(this.#memory).find(
      ({ state }) => state.id === idOrSlug.toLowerCase() || state.slug === idOrSlug,
    );
  }

  #all(): readonly CategoryView[] {
    return categoriesIn(this.#memory).map((category) => this.#toView(category));
  }

  #below(parentId: string): readonly CategoryView[] {
    return this.#all()
      .filter((category) => category.parentId === parentId)
      .toSorted(asSiblings);
  }

  #toView({ state, version }: Category): CategoryView {
    const { id, slug, name, description, parentId, position } = state;
    return {
      id,
      slug,
      name,
      description,
      parentId,
      position,
      productCount: this.#countPublished((place) => place.at(-1) === id),
      treeProductCount: this.#countPublished((place) => place.includes(id)),
      version,
    };
  }

  #countPublished(standsThere: (place: readonly string[]) => boolean): number {
    return [...this.#memory.tables.products.values()].filter(
      ({ state }) =>
        state.status === 'published' &&
        state.deletedAt === null &&
        standsThere(lineOf(this.#memory, state.categoryId ?? '').map((shelf) => shelf.state.id)),
    ).length;
  }
}
