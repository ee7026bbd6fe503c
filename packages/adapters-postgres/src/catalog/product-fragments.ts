import type postgres from 'postgres';

import type { Queryable } from '../core/database.ts';
import { imageAsJson } from './product-images.writer.ts';

type Fragment = postgres.Fragment;

export function productColumns(sql: Queryable) {
  return sql`
    id, category_id, name, slug, description, attributes, tags, seo_title, seo_description,
    options, status, published_at, created_at, updated_at, deleted_at, version
  `;
}

/** The prices of the `variant` of the query around it, by currency. */
function pricesOfVariant(sql: Queryable) {
  return sql`
    coalesce(
      (
        select json_agg(
          json_build_object(
            'currency', price.currency,
            'amount', price.amount::text,
            'compare_at_amount', price.compare_at_amount::text,
            'minimum_amount', price.minimum_amount::text,
            'cost_amount', price.cost_amount::text
          )
          order by price.currency
        )
        from catalog.prices price
        where price.variant_id = variant.id
      ),
      '[]'
    )
  `;
}

/** The variants of the `product` of the query around it, with what else is told of each. */
export function variantsOfProduct(
  sql: Queryable,
  { columns = sql``, joined = sql`` }: { columns?: Fragment; joined?: Fragment } = {},
) {
  return sql`
    coalesce(
      (
        select json_agg(
          json_build_object(
            ${columns}
            'id', variant.id,
            'sku', variant.sku,
            'name', variant.name,
            'options', variant.options,
            'barcode', variant.barcode,
            'attributes', variant.attributes,
            'weight_grams', variant.weight_grams,
            'length_millimetres', variant.length_millimetres,
            'width_millimetres', variant.width_millimetres,
            'height_millimetres', variant.height_millimetres,
            'tax_class', variant.tax_class,
            'prices', ${pricesOfVariant(sql)}
          )
          order by variant.position
        )
        from catalog.variants variant
        ${joined}
        where variant.product_id = product.id and variant.deleted_at is null
      ),
      '[]'
    )
  `;
}

export function imagesOfProduct(sql: Queryable) {
  return sql`
    coalesce(
      (
        select json_agg(${imageAsJson(sql)} order by image.position)
        from catalog.product_images image
        where image.product_id = product.id
      ),
      '[]'
    )
  `;
}

export function relatedOfProduct(sql: Queryable) {
  return sql`
    array(
      select related.related_id
      from catalog.related_products related
      where related.product_id = product.id
      order by related.position
    )
  `;
}
