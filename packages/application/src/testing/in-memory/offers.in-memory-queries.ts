import { priceIn, type Product, type Variant } from '@kastoma/domain/catalog';
import type { CategoryId, Currency, ProductId, VariantId } from '@kastoma/domain/core';

import type { Offer, Offers } from '../../ordering/offers.port.ts';
import type { Memory } from './in-memory-store.ts';
import { stockOf } from './stock-accounts.ts';

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
    const { products, removedVariants } = this.#memory.tables;
    const removed = [...removedVariants.values()];
    return [...products.values()].flatMap((product) => {
      const gone = removed.filter(({ productId }) => productId === product.state.id);
      return [
        ...product.state.variants.flatMap((variant) =>
          this.#toOffer(product, variant, currency, product.state.deletedAt === null),
        ),
        ...gone.flatMap(({ variant }) => this.#toOffer(product, variant, currency, false)),
      ];
    });
  }

  #toOffer(
    { state }: Product,
    variant: Variant,
    currency: Currency,
    isThere: boolean,
  ): readonly Offer[] {
    const priced = priceIn(variant, currency);
    if (priced === null) return [];
    const offer: Offer = {
      productId: state.id,
      variantId: variant.id,
      sku: variant.sku,
      name: variant.name === null ? state.name : `${state.name} – ${variant.name}`,
      unitPrice: priced.price,
      published: isThere && state.status === 'published',
      availableUnits: stockOf(this.#memory, variant.id)?.orderable ?? 0,
      categoryIds: this.#withThoseAbove(state.categoryId),
      tags: state.tags,
      taxClass: variant.taxClass,
      weightGrams: variant.weightGrams,
      minimumUnitPrice: priced.minimumPrice,
    };
    return [offer];
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
