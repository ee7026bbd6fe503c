import type { ProductId } from '@kastoma/domain/core';

/** Whose variants they are. */
export interface VariantOwners {
  /** Null where there never was such a variant. */
  productOf(variantId: string): Promise<ProductId | null>;
}
