import type { Product, Variant } from '@kastoma/domain/catalog';
import type { CategoryId, Currency, ProductId, VariantId } from '@kastoma/domain/core';

import type { Offer, Offers } from '../../ordering/offers.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryOffers implements Offers {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async ofVariants(
    variantIds: readonly VariantId[],
    currency: Currency,
  ): Promise<readonly Offer[]> {
    const wanted = new Set(variantIds);
    return this.#inCurrency(currency).filter(({ variantId }) => wanted.has(variantId));
  }

  async ofProduct(productId: ProductId, currency: Currency): Promise<readonly Offer[]> {
    return this.#inCurrency(currency).filter((offer) => offer.productId === productId);
  }

  #inCurrency(currency: Currency): readonly Offer[] {
    return [...this.#memory.tables.products.values()].flatMap((product) =>
      product.state.variants
        .filter(({ price }) => price.currency === currency)
        .map((variant) => this.#toOffer(product, variant)),
    );
  }

  #toOffer({ state }: Product, variant: Variant): Offer {
    return {
      productId: state.id,
      variantId: variant.id,
      sku: variant.sku,
      name: variant.name === null ? state.name : `${state.name} – ${variant.name}`,
      unitPrice: variant.price,
      published: state.status === 'published',
      availableUnits: this.#memory.tables.stock.get(variant.id)?.stock.available ?? 0,
      categoryIds: this.#withThoseAbove(state.categoryId),
      tags: state.tags,
      taxClass: variant.taxClass,
      weightGrams: variant.weightGrams,
      minimumUnitPrice: variant.minimumPrice,
    };
  }

  #withThoseAbove(categoryId: CategoryId | null): readonly CategoryId[] {
    const path = new Set<CategoryId>();
    for (let next = categoryId; next !== null && !path.has(next); next = this.#parentOf(next))
      path.add(next);
    return [...path];
  }

  #parentOf(categoryId: CategoryId): CategoryId | null {
    return this.#memory.tables.categories.get(categoryId)?.state.parentId ?? null;
  }
}
