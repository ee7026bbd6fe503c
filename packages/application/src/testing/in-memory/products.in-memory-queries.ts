import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Product, ProductMoved, ProductNotFound } from '@kastoma/domain/catalog';
import type { Currency, ProductId } from '@kastoma/domain/core';

import type { Audience, CategoryReference, ProductListing } from '../../catalog/product-listing.ts';
import type {
  ListingExtras,
  ProductFeed,
  ProductFilter,
  ProductPage,
  ProductPlace,
  ProductQueries,
} from '../../catalog/product-queries.port.ts';
import { viewProduct, type ProductView } from '../../catalog/product-view.ts';
import { feedOf, type FeedRequest, type Page, type PageRequest } from '../../core/page.ts';
import type { StoreSettings } from '../../core/store-settings.ts';
import { lineOf } from './category-lines.ts';
import { pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';
import {
  isBehind,
  isListed,
  matches,
  orderBy,
  placeOf,
  type ListedProduct,
  type RankedProduct,
} from './listed-products.ts';
import { facetsOf } from './product-facets.ts';
import { highlighted } from './product-highlights.ts';
import { nearestTerms, rankOf, termsAsTheyStand, type Term } from './product-search.ts';
import { ratingOf } from './reviews.in-memory-repository.ts';
import { stockOf } from './stock-accounts.ts';

export class InMemoryProductQueries implements ProductQueries {
  readonly #memory: Memory;
  readonly #settings: StoreSettings;

  constructor(memory: Memory, settings: StoreSettings) {
    this.#memory = memory;
    this.#settings = settings;
  }

  async list(
    filter: ProductFilter,
    page: PageRequest,
    extras: ListingExtras = {},
  ): Promise<ProductPage> {
    const { found, facets } = this.#search(filter, extras, null);
    return {
      ...pageOf(
        found.map(({ product }) => product),
        page,
      ),
      facets,
    };
  }

  async feed(
    filter: ProductFilter,
    { after, pageSize }: FeedRequest<ProductPlace>,
    extras: ListingExtras = {},
  ): Promise<ProductFeed> {
    const { found, step, ordering, facets } = this.#search(filter, extras, after);
    const rest = found.filter(after === null ? () => true : isBehind(after));
    const { items, next } = feedOf(rest, pageSize, (last) => placeOf(ordering, step, last));
    return { items: items.map(({ product }) => product), next, facets };
  }

  find(
    idOrSlug: string,
    audience: Audience,
    currency: Currency = this.#settings.currency,
  ): ResultAsync<ProductView, ProductNotFound | ProductMoved> {
    const visible = this.#visibleTo(audience);
    const found = visible.find(
      ({ state: { id, slug } }) => id === idOrSlug.toLowerCase() || slug === idOrSlug,
    );
    if (found !== undefined)
      return okAsync({
        ...this.#toView(found, audience, currency),
        related: this.#relatedTo(found, audience, currency),
      });
    const movedTo = this.#memory.tables.productSlugs.get(idOrSlug);
    const moved = visible.find(({ state }) => state.id === movedTo);
    return moved === undefined
      ? errAsync({ code: 'catalog.product_not_found' })
      : errAsync({ code: 'catalog.product_moved', slug: moved.state.slug });
  }

  async related(
    productId: ProductId,
    audience: Audience,
    page: PageRequest,
    currency: Currency = this.#settings.currency,
  ): Promise<Page<ProductListing>> {
    const product = this.#memory.tables.products.get(productId);
    return pageOf(product === undefined ? [] : this.#relatedTo(product, audience, currency), page);
  }

  #visibleTo(audience: Audience): readonly Product[] {
    return [...this.#memory.tables.products.values()].filter(
      ({ state }) =>
        state.deletedAt === null && (audience === 'staff' || state.status === 'published'),
    );
  }

  #relatedTo({ state }: Product, audience: Audience, currency: Currency): readonly ListedProduct[] {
    const visible = this.#visibleTo(audience);
    return state.relatedIds
      .flatMap((id) => visible.find((product) => product.state.id === id) ?? [])
      .map((product) => this.#toView(product, audience, currency))
      .filter(isListed);
  }

  #toView({ state, version }: Product, audience: Audience, currency: Currency): ProductView {
    const inStock = state.variants
      .map(({ id }) => id)
      .filter((id) => stockOf(this.#memory, id)?.isInStock ?? false);
    const category = this.#categoryOf(state.categoryId);
    const { mediaUrl } = this.#settings;
    const shown = {
      state,
      version,
      category,
      inStock: new Set<string>(inStock),
      rating: ratingOf(this.#memory, state.id),
      related: [],
      mediaUrl,
    };
    return viewProduct(shown, audience, currency);
  }

  /** The words as they stand, and the nearest ones where nothing has those; highlights are of another kind of store. */
  #search(
    filter: ProductFilter,
    { facets = [], highlights = false }: ListingExtras,
    after: ProductPlace | null,
  ) {
    const { search } = filter;
    const ordering =
      search === null && filter.ordering === 'relevance' ? '-created_at' : filter.ordering;
    const exact = this.#ranked(filter, search === null ? null : termsAsTheyStand(search));
    const isNear = search !== null && (after === null ? exact.length === 0 : after.keys[0] === 1);
    const terms =
      search === null
        ? null
        : isNear
          ? nearestTerms(search, this.#vocabulary())
          : termsAsTheyStand(search);
    const found = this.#ranked(filter, terms).toSorted(orderBy(ordering));
    return {
      found:
        highlights && terms !== null ? found.map((ranked) => highlighted(ranked, terms)) : found,
      step: isNear ? 1 : 0,
      ordering,
      facets: facetsOf(facets, filter, (wider) =>
        this.#ranked(wider, terms).map(({ product }) => product),
      ),
    };
  }

  #ranked(filter: ProductFilter, terms: readonly Term[] | null): readonly RankedProduct[] {
    const { audience, currency = this.#settings.currency } = filter;
    return this.#visibleTo(audience)
      .map((product) => this.#toView(product, audience, currency))
      .filter(isListed)
      .filter((product) => matches(product, filter))
      .filter(({ category }) => this.#standsBelow(category, filter.categoryTree))
      .flatMap((product) => {
        const rank = terms === null ? 0 : rankOf(product, terms);
        return rank === null ? [] : [{ product, rank }];
      });
  }

  #vocabulary(): readonly ProductView[] {
    const { currency } = this.#settings;
    return this.#visibleTo('staff').map((product) => this.#toView(product, 'staff', currency));
  }

  #standsBelow(category: CategoryReference | null, tree: string | null): boolean {
    return (
      tree === null ||
      lineOf(this.#memory, category?.id ?? '').some(
        ({ state }) => state.id === tree.toLowerCase() || state.slug === tree,
      )
    );
  }

  #categoryOf(categoryId: string | null): CategoryReference | null {
    const category = this.#memory.tables.categories.get(categoryId ?? '');
    if (category === undefined) return null;
    const { id, slug, name } = category.state;
    return { id, slug, name };
  }
}
