import type { CategoryId, Currency, Money, ProductId, VariantId } from '@kastoma/domain/core';

/** What promotions, tax and shipping ask of a variant. */
export type PricingFacts = {
  /** The product's category and those above it, from the nearest up; each once, even where a tree bites its tail. */
  readonly categoryIds: readonly CategoryId[];
  readonly tags: readonly string[];
  readonly taxClass: string;
  /** Of one unit. */
  readonly weightGrams: number | null;
  /** No promotion brings a unit below it. */
  readonly minimumUnitPrice: Money | null;
};

/** What the shop says of a variant right now. */
export type Offer = PricingFacts & {
  readonly productId: ProductId;
  readonly variantId: VariantId;
  readonly sku: string;
  /** The product's name, and the variant's where it has one. */
  readonly name: string;
  readonly unitPrice: Money;
  readonly published: boolean;
  /** Units that nobody has been promised. */
  readonly availableUnits: number;
};

/** The catalogue and the stock as ordering sees them, in one currency: a variant without a price in it is not there. */
export interface Offers {
  ofVariants(variantIds: readonly VariantId[], currency: Currency): Promise<readonly Offer[]>;
  ofProduct(productId: ProductId, currency: Currency): Promise<readonly Offer[]>;
}

/** What promotions, tax and shipping ask of a variant, and nothing else of its offer. */
export function pricingFactsOf(offer: PricingFacts): PricingFacts {
  const { categoryIds, tags, taxClass, weightGrams, minimumUnitPrice } = offer;
  return { categoryIds, tags, taxClass, weightGrams, minimumUnitPrice };
}
