import {
  priceIn,
  type Attributes,
  type Dimensions,
  type OptionChoice,
  type ProductOption,
  type ProductState,
  type Rating,
  type Seo,
  type Variant,
  type VariantPrice,
} from '@kastoma/domain/catalog';
import type { Currency, Instant, Money } from '@kastoma/domain/core';

import { viewImage, type ImageView } from './image-view.ts';
import type { Audience, CategoryReference, ProductListing } from './product-listing.ts';

export type VariantView = {
  readonly id: string;
  readonly sku: string;
  readonly name: string | null;
  readonly options: readonly OptionChoice[];
  /** Null where it is not for sale in the currency that was asked for. */
  readonly price: Money | null;
  readonly compareAtPrice: Money | null;
  /** How far promotions may go; shoppers are not told, and see null. */
  readonly minimumPrice: Money | null;
  /** What it costs the merchant; shoppers are not told, and see null. */
  readonly cost: Money | null;
  /** In other currencies than the store's. */
  readonly prices: readonly VariantPrice[];
  readonly inStock: boolean;
  readonly barcode: string | null;
  readonly attributes: Attributes;
  readonly weightGrams: number | null;
  readonly dimensions: Dimensions | null;
  readonly taxClass: string;
};

export type ProductView = Omit<ProductListing, 'price'> & {
  /** Null where no variant is for sale in the currency that was asked for. */
  readonly price: Money | null;
  readonly description: string;
  readonly attributes: Attributes;
  readonly seo: Seo;
  readonly options: readonly ProductOption[];
  readonly variants: readonly VariantView[];
  readonly images: readonly ImageView[];
  readonly related: readonly ProductListing[];
  readonly version: number;
  readonly publishedAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

/** A product, and what stands elsewhere. */
type Shown = {
  readonly state: ProductState;
  readonly version: number;
  readonly category: CategoryReference | null;
  /** The ids of the variants of which a unit can be had. */
  readonly inStock: ReadonlySet<string>;
  readonly rating: Rating;
  readonly related: readonly ProductListing[];
  /** Where the shop's own media are served from; left out, by the shop itself. */
  readonly mediaUrl?: string | undefined;
};

/** A product as somebody sees it, with prices in one currency. */
export function viewProduct(
  { state, version, category, inStock, rating, related, mediaUrl }: Shown,
  audience: Audience,
  currency: Currency,
): ProductView {
  const variants = state.variants.map((variant) =>
    viewVariant(variant, inStock.has(variant.id), audience, currency),
  );
  const cheapest = cheapestOf(variants);
  const { id, slug, name, status, tags, description, attributes, seo, options } = state;
  const { publishedAt, createdAt, updatedAt } = state;
  const images = state.images.map((image) => viewImage(image, mediaUrl));
  return {
    id,
    slug,
    name,
    status,
    price: cheapest?.price ?? null,
    compareAtPrice: cheapest?.compareAtPrice ?? null,
    sku: (cheapest ?? state.variants[0]).sku,
    category,
    tags,
    inStock: inStock.size > 0,
    rating,
    primaryImage: images[0] ?? null,
    description,
    attributes,
    seo,
    options,
    variants,
    images,
    related,
    version,
    publishedAt,
    createdAt,
    updatedAt,
  };
}

function viewVariant(
  variant: Variant,
  inStock: boolean,
  audience: Audience,
  currency: Currency,
): VariantView {
  const isTold = audience === 'staff';
  const told = (price: VariantPrice) => (isTold ? price : { ...price, minimumPrice: null });
  const priced = priceIn(variant, currency);
  const { id, sku, name, options, prices, cost, barcode } = variant;
  const { attributes, weightGrams, dimensions, taxClass } = variant;
  return {
    id,
    sku,
    name,
    options,
    ...(priced === null ? UNPRICED : told(priced)),
    cost: isTold ? cost : null,
    prices: prices.map(told),
    inStock,
    barcode,
    attributes,
    weightGrams,
    dimensions,
    taxClass,
  };
}

const UNPRICED = { price: null, compareAtPrice: null, minimumPrice: null };

/** The first of those that cost the least. */
function cheapestOf(variants: readonly VariantView[]): VariantView | null {
  return variants.reduce<VariantView | null>(
    (best, variant) =>
      variant.price !== null &&
      (best === null || best.price === null || variant.price.minorUnits < best.price.minorUnits)
        ? variant
        : best,
    null,
  );
}
