import type { ProductListing, ProductView } from '@kastoma/application/catalog';
import { averageHundredths, type Rating } from '@kastoma/domain/catalog';
import { formatInstant } from '@kastoma/domain/core';

import { presentImage } from './images.presenters.ts';
import { presentVariant } from './variants.presenters.ts';

export function presentListing(product: ProductListing) {
  const { highlights } = product;
  return {
    ...presentFrame(product),
    price: product.price.toJSON(),
    ...(highlights === undefined ? {} : { highlights }),
  };
}

export function presentProduct(product: ProductView) {
  return {
    ...presentFrame(product),
    price: product.price?.toJSON() ?? null,
    description: product.description,
    attributes: { ...product.attributes },
    seo: product.seo,
    options: product.options.map(({ name, values }) => ({ name, values: [...values] })),
    variants: product.variants.map(presentVariant),
    images: product.images.map(presentImage),
    related: product.related.map(presentListing),
    version: product.version,
    published_at: product.publishedAt === null ? null : formatInstant(product.publishedAt),
    created_at: formatInstant(product.createdAt),
    updated_at: formatInstant(product.updatedAt),
  };
}

/** All that a list shows but the price. */
function presentFrame(product: Omit<ProductListing, 'price'>) {
  return {
    id: product.id,
    slug: product.slug,
    name: product.name,
    status: product.status,
    compare_at_price: product.compareAtPrice?.toJSON() ?? null,
    sku: product.sku,
    category: product.category,
    tags: [...product.tags],
    in_stock: product.inStock,
    rating: presentRating(product.rating),
    primary_image: product.primaryImage === null ? null : presentImage(product.primaryImage),
  };
}

function presentRating(rating: Rating) {
  const hundredths = averageHundredths(rating);
  return { average: hundredths === null ? null : hundredths / 100, count: rating.count };
}
