import type { AttributeDefinition, Product, Sku } from '@kastoma/domain/catalog';
import type { CategoryId, VariantId } from '@kastoma/domain/core';

import type { StockAccount, StockChange } from '../acl/inventory-stock-take.ts';

/** A product as it stood, null for a new one, and as it is to be. */
export type ProductChange = { readonly before: Product | null; readonly product: Product };
/** Products and accounts that are written together. Each product and each account stands in it once. */
export type ProductBatch = {
  readonly products: readonly ProductChange[];
  readonly stock: readonly StockChange[];
};

/** A category with the definitions of attributes that hold for its products. */
export type ShelfCategory = {
  readonly id: CategoryId;
  readonly definitions: readonly AttributeDefinition[];
};

/** What a batch is about to touch, held until the work is done. */
export type Shelf = {
  /** All that were asked for, by an id, a slug or the SKU of one of their variants; each once. */
  readonly products: readonly Product[];
  /** The accounts of their variants at the default location. */
  readonly stock: ReadonlyMap<VariantId, StockAccount>;
  /** By the name under which it was asked for: its slug or its id. */
  readonly categories: ReadonlyMap<string, ShelfCategory>;
};

/** What a batch asks for. */
export type ShelfQuestion = {
  readonly productIds: readonly string[];
  readonly slugs: readonly string[];
  readonly skus: readonly Sku[];
  readonly categories: readonly string[];
};
