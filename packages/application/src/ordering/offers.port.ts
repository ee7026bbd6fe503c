import type { Currency, Money, ProductId, VariantId } from '@kastoma/domain/core';

/** What the shop says of a variant right now. */
export type Offer = {
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
