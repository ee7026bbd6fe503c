import type { CategoryView, ProductListing, ProductView } from '@kastoma/application/catalog';
import { formatInstant } from '@kastoma/domain/core';

/** No product has been reviewed: there is no way to, yet. */
const UNRATED = { average: null, count: 0 };

export function presentListing(product: ProductListing) {
  return {
    id: product.id,
    slug: product.slug,
    name: product.name,
    status: product.status,
    price: product.price.toJSON(),
    compare_at_price: product.compareAtPrice?.toJSON() ?? null,
    sku: product.sku,
    category: product.category,
    tags: [...product.tags],
    in_stock: product.inStock,
    rating: UNRATED,
    primary_image: product.primaryImage,
  };
}

export function presentProduct(product: ProductView) {
  return {
    ...presentListing(product),
    description: product.description,
    attributes: { ...product.attributes },
    variants: product.variants.map((variant) => ({
      id: variant.id,
      sku: variant.sku,
      name: variant.name,
      price: variant.price.toJSON(),
      compare_at_price: variant.compareAtPrice?.toJSON() ?? null,
      minimum_price: variant.minimumPrice?.toJSON() ?? null,
      in_stock: variant.inStock,
      attributes: { ...variant.attributes },
      weight_grams: variant.weightGrams,
      tax_class: variant.taxClass,
    })),
    images: [...product.images],
    related: [],
    version: product.version,
    created_at: formatInstant(product.createdAt),
    updated_at: formatInstant(product.updatedAt),
  };
}

export function presentCategory(category: CategoryView) {
  return {
    id: category.id,
    slug: category.slug,
    name: category.name,
    description: category.description,
    parent_id: category.parentId,
    product_count: category.productCount,
    version: category.version,
  };
}
