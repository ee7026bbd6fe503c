import {
  viewImage,
  type Audience,
  type CategoryReference,
  type ProductListing,
} from '@kastoma/application/catalog';
import type { ProductImage, ProductStatus } from '@kastoma/domain/catalog';
import type { Currency } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { imageAsJson } from './product-images.writer.ts';

export type ListingRow = {
  id: string;
  slug: string;
  name: string;
  status: ProductStatus;
  amount: bigint;
  compare_at_amount: bigint | null;
  sku: string;
  category: CategoryReference | null;
  tags: readonly string[];
  in_stock: boolean;
  rating_sum: number;
  rating_count: number;
  primary_image: ProductImage | null;
};

/** Of `pricedProducts`. Whether there is stock is asked row by row: an `exists` here would first join all stock that there is. */
export function listingColumns(sql: Queryable) {
  return sql`
    product.id, product.slug, product.name, product.status, product.tags,
    product.rating_sum, product.rating_count,
    cheapest.amount, cheapest.compare_at_amount, cheapest.sku,
    case when category.id is not null then
      json_build_object('id', category.id, 'slug', category.slug, 'name', category.name)
    end as category,
    coalesce((select true ${unitsOfProduct(sql)} limit 1), false) as in_stock,
    (
      select ${imageAsJson(sql)}
      from catalog.product_images image
      where image.product_id = product.id
      order by image.position
      limit 1
    ) as primary_image
  `;
}

/** Each product with its cheapest variant's price; one without a price in the currency is not sold in it, and left out. */
export function pricedProducts(sql: Queryable, currency: Currency) {
  return sql`
    catalog.products product
    cross join lateral (
      select variant.sku, price.amount, price.compare_at_amount
      from catalog.variants variant
      join catalog.prices price on price.variant_id = variant.id and price.currency = ${currency}
      where variant.product_id = product.id and variant.deleted_at is null
      order by price.amount, variant.position
      limit 1
    ) cheapest
    left join catalog.categories category on category.id = product.category_id and category.deleted_at is null
  `;
}

/** Variants of the product of which a unit can be had. */
function unitsOfProduct(sql: Queryable) {
  return sql`
    from catalog.variants variant
    join inventory.availability stock on stock.variant_id = variant.id
    where variant.product_id = product.id
      and variant.deleted_at is null
      and stock.in_stock
  `;
}

export function visibleTo(sql: Queryable, audience: Audience) {
  return audience === 'staff'
    ? sql`product.deleted_at is null`
    : sql`product.deleted_at is null and product.status = 'published'`;
}

export function toListing(
  row: ListingRow,
  currency: Currency,
  mediaUrl: string | undefined,
): ProductListing {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    status: row.status,
    price: restoreMoney(row.amount, currency),
    compareAtPrice:
      row.compare_at_amount === null ? null : restoreMoney(row.compare_at_amount, currency),
    sku: row.sku,
    category: row.category,
    tags: row.tags,
    inStock: row.in_stock,
    rating: { sum: row.rating_sum, count: row.rating_count },
    primaryImage: row.primary_image === null ? null : viewImage(row.primary_image, mediaUrl),
  };
}
