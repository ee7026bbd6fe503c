import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Product, ProductNotFound, Variant } from '@kastoma/domain/catalog';

import type {
  Audience,
  CategoryReference,
  ProductFilter,
  ProductListing,
  ProductOrdering,
  ProductQueries,
  ProductView,
  VariantView,
} from '../../catalog/product-queries.port.ts';
import { searchWords } from '../../catalog/search-words.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import type { StoreSettings } from '../../core/store-settings.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryProductQueries implements ProductQueries {
  readonly #memory: Memory;
  readonly #settings: StoreSettings;

  constructor(memory: Memory, settings: StoreSettings) {
    this.#memory = memory;
    this.#settings = settings;
  }

  async list(filter: ProductFilter, page: PageRequest): Promise<Page<ProductListing>> {
    const matching = this.#visibleTo(filter.audience).filter((product) => matches(product, filter));
    return pageOf(matching.toSorted(orderBy(filter.ordering)), page);
  }

  find(idOrSlug: string, audience: Audience): ResultAsync<ProductView, ProductNotFound> {
    const found = this.#visibleTo(audience).find(
      ({ id, slug }) => id === idOrSlug.toLowerCase() || slug === idOrSlug,
    );
    if (found === undefined) return errAsync({ code: 'catalog.product_not_found' });
    return okAsync(audience === 'staff' ? found : withoutMinimumPrices(found));
  }

  #visibleTo(audience: Audience): readonly ProductView[] {
    return [...this.#memory.tables.products.values()]
      .filter(({ state }) => audience === 'staff' || state.status === 'published')
      .flatMap((product) => this.#toView(product) ?? []);
  }

  /** Null when no variant has a price in the store's currency. */
  #toView({ state, version }: Product): ProductView | null {
    const { currency } = this.#settings;
    const variants = state.variants.filter(({ price }) => price.currency === currency);
    const [cheapest] = variants.toSorted(byKeys(({ price }) => price.minorUnits));
    if (cheapest === undefined) return null;
    const { id, slug, name, status, tags, description, attributes, images, createdAt, updatedAt } =
      state;
    return {
      id,
      slug,
      name,
      status,
      price: cheapest.price,
      compareAtPrice: cheapest.compareAtPrice,
      sku: cheapest.sku,
      category: this.#categoryOf(state.categoryId),
      tags,
      inStock: variants.some((variant) => this.#isInStock(variant)),
      primaryImage: images[0] ?? null,
      description,
      attributes,
      variants: variants.map((variant): VariantView => ({
        ...variant,
        inStock: this.#isInStock(variant),
      })),
      images,
      version,
      createdAt,
      updatedAt,
    };
  }

  #isInStock({ id }: Variant): boolean {
    return (this.#memory.tables.stock.get(id)?.stock.available ?? 0) > 0;
  }

  #categoryOf(categoryId: string | null): CategoryReference | null {
    const category = this.#memory.tables.categories.get(categoryId ?? '');
    if (category === undefined) return null;
    const { id, slug, name } = category.state;
    return { id, slug, name };
  }
}

function withoutMinimumPrices(product: ProductView): ProductView {
  const variants = product.variants.map((variant) => ({ ...variant, minimumPrice: null }));
  return { ...product, variants };
}

function matches(product: ProductView, filter: ProductFilter): boolean {
  const { search, category, minimumPrice, maximumPrice, inStock } = filter;
  const { minorUnits } = product.price;
  const words = searchWords(search ?? '').map((word) => word.toLowerCase());
  const texts = [product.name, ...product.variants.map(({ sku }) => sku)];
  return (
    words.every((word) => texts.some((text) => text.toLowerCase().includes(word))) &&
    (category === null ||
      product.category?.id === category.toLowerCase() ||
      product.category?.slug === category) &&
    (minimumPrice === null || minorUnits >= minimumPrice) &&
    (maximumPrice === null || minorUnits <= maximumPrice) &&
    (inStock === null || product.inStock === inStock)
  );
}

function orderBy(ordering: ProductOrdering): (a: ProductView, b: ProductView) => number {
  const id = ({ id: productId }: ProductView) => productId;
  switch (ordering) {
    case 'name':
      return byKeys(({ name }) => name, id);
    case '-name':
      return thenBy(descending(byKeys(({ name }) => name)), byKeys(id));
    case 'price':
      return byKeys(({ price }) => price.minorUnits, id);
    case '-price':
      return byKeys(({ price }) => -price.minorUnits, id);
    case 'created_at':
      return byKeys(({ createdAt }) => createdAt, id);
    case '-created_at':
      return descending(byKeys(({ createdAt }) => createdAt, id));
  }
}

function thenBy<Item>(
  first: (a: Item, b: Item) => number,
  second: (a: Item, b: Item) => number,
): (a: Item, b: Item) => number {
  return (a, b) => first(a, b) || second(a, b);
}
