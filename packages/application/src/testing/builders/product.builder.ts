import {
  Product,
  type DraftVariant,
  type ProductImage,
  type ProductOption,
  type ProductStatus,
  type SeoDraft,
} from '@kastoma/domain/catalog';
import type { CategoryId, ImageId, Instant, ProductId, VariantId } from '@kastoma/domain/core';

import { BUILT_AT, builderIds, nextNumber } from './builder-ids.ts';
import { money } from './money.builder.ts';

export type VariantWishes = Omit<
  Partial<DraftVariant>,
  'price' | 'compareAtPrice' | 'minimumPrice' | 'cost'
> & {
  readonly price?: string;
  readonly compareAtPrice?: string;
  readonly minimumPrice?: string;
  readonly cost?: string;
};

export type ProductWishes = {
  readonly id?: ProductId;
  readonly name?: string;
  readonly slug?: string;
  readonly description?: string;
  readonly categoryId?: CategoryId;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly seo?: SeoDraft;
  readonly options?: readonly ProductOption[];
  readonly status?: ProductStatus;
  readonly images?: readonly (Pick<ProductImage, 'url' | 'alt'> & Partial<ProductImage>)[];
  readonly currency?: string;
  readonly variants?: readonly VariantWishes[];
  readonly at?: number;
};

/** A product that was not stored yet: published, in one variant unless told otherwise; slug and SKUs differ each time. */
export function aProduct(wishes: ProductWishes = {}): Product {
  const currency = wishes.currency ?? 'USD';
  const variants = (wishes.variants ?? [{}]).map((variant): DraftVariant => {
    const { price = '19.99', compareAtPrice, minimumPrice, cost, ...others } = variant;
    return {
      id: builderIds.next<VariantId>(),
      sku: `SKU-${nextNumber()}`,
      price: money(price, currency),
      compareAtPrice: compareAtPrice === undefined ? undefined : money(compareAtPrice, currency),
      minimumPrice: minimumPrice === undefined ? undefined : money(minimumPrice, currency),
      cost: cost === undefined ? undefined : money(cost, currency),
      ...others,
    };
  });
  return Product.create({
    id: wishes.id ?? builderIds.next<ProductId>(),
    name: wishes.name ?? 'Desk lamp',
    slug: wishes.slug ?? `desk-lamp-${nextNumber()}`,
    description: wishes.description ?? '',
    categoryId: wishes.categoryId ?? null,
    attributes: wishes.attributes ?? {},
    tags: wishes.tags,
    seo: wishes.seo,
    options: wishes.options,
    status: wishes.status ?? 'published',
    images: (wishes.images ?? []).map((image) => ({
      id: builderIds.next<ImageId>(),
      details: null,
      ...image,
    })),
    variants,
    currency: variants[0]?.price.currency ?? money('1.00', 'USD').currency,
    at: (wishes.at ?? BUILT_AT) as Instant,
  })._unsafeUnwrap();
}
