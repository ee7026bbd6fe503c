import type {
  Attributes,
  Barcode,
  Dimensions,
  OptionChoice,
  ProductImage,
  ProductOption,
  ProductState,
  ProductStatus,
  Sku,
  Slug,
  Variant,
  VariantPrice,
} from '@kastoma/domain/catalog';
import {
  defect,
  type CategoryId,
  type Currency,
  type Instant,
  type ProductId,
  type Tag,
  type VariantId,
} from '@kastoma/domain/core';

import { restoreMoney } from '../core/money.ts';
import { fromTimestamp } from '../core/timestamp.ts';

/** The product's own columns; what else belongs to it stands in rows of its own. */
export type ProductRow = {
  id: ProductId;
  category_id: CategoryId | null;
  name: string;
  slug: Slug;
  description: string;
  attributes: Attributes;
  tags: readonly Tag[];
  seo_title: string | null;
  seo_description: string | null;
  options: readonly ProductOption[];
  status: ProductStatus;
  published_at: Date | null;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
  version: number;
};

/** Amounts as text: JSON has no room for 64 bits. */
type PriceJson = {
  readonly currency: Currency;
  readonly amount: string;
  readonly compare_at_amount: string | null;
  readonly minimum_amount: string | null;
  readonly cost_amount: string | null;
};

export type VariantRow = {
  id: VariantId;
  sku: Sku;
  name: string | null;
  options: readonly OptionChoice[];
  barcode: Barcode | null;
  attributes: Attributes;
  weight_grams: number | null;
  length_millimetres: number | null;
  width_millimetres: number | null;
  height_millimetres: number | null;
  tax_class: string;
  prices: readonly PriceJson[];
};

/** What is not in the product's own row. */
export type BelongingsRow = {
  variants: readonly VariantRow[];
  images: readonly ProductImage[];
  related_ids: readonly ProductId[];
};

function toPrice(json: PriceJson): VariantPrice {
  const { currency, compare_at_amount: compareAt, minimum_amount: minimum } = json;
  const money = (amount: string) => restoreMoney(BigInt(amount), currency);
  return {
    price: money(json.amount),
    compareAtPrice: compareAt === null ? null : money(compareAt),
    minimumPrice: minimum === null ? null : money(minimum),
  };
}

function toDimensions(row: VariantRow): Dimensions | null {
  const { length_millimetres: length, width_millimetres: width, height_millimetres: height } = row;
  return length === null || width === null || height === null ? null : { length, width, height };
}

/** Its own price is the one in the store's currency, or the first where it has none in it. */
function toVariant(row: VariantRow, storeCurrency: Currency): Variant {
  const own =
    row.prices.find(({ currency }) => currency === storeCurrency) ??
    row.prices[0] ??
    defect(`Variant ${row.id} has no price.`);
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    ...toPrice(own),
    prices: row.prices.filter((price) => price !== own).map(toPrice),
    cost: own.cost_amount === null ? null : restoreMoney(BigInt(own.cost_amount), own.currency),
    options: row.options,
    barcode: row.barcode,
    attributes: row.attributes,
    weightGrams: row.weight_grams,
    dimensions: toDimensions(row),
    taxClass: row.tax_class,
  };
}

export function toProductState(
  row: ProductRow,
  belongings: BelongingsRow,
  storeCurrency: Currency,
): ProductState {
  const [first, ...others] = belongings.variants.map((variant) =>
    toVariant(variant, storeCurrency),
  );
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    description: row.description,
    categoryId: row.category_id,
    attributes: row.attributes,
    tags: row.tags,
    seo: { title: row.seo_title, description: row.seo_description },
    options: row.options,
    status: row.status,
    variants: [first ?? defect(`Product ${row.id} has no variant.`), ...others],
    images: belongings.images,
    relatedIds: belongings.related_ids,
    publishedAt: publishedAt(row),
    createdAt: fromTimestamp(row.created_at),
    updatedAt: fromTimestamp(row.updated_at),
    deletedAt: row.deleted_at === null ? null : fromTimestamp(row.deleted_at),
  };
}

/** The version before did not write it down. */
function publishedAt(
  row: Pick<ProductRow, 'status' | 'published_at' | 'created_at'>,
): Instant | null {
  if (row.published_at !== null) return fromTimestamp(row.published_at);
  return row.status === 'published' ? fromTimestamp(row.created_at) : null;
}
