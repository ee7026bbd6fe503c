import {
  viewProduct,
  type Audience,
  type CategoryReference,
  type ProductListing,
  type ProductView,
} from '@kastoma/application/catalog';
import type { Currency } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { imagesOfProduct, relatedOfProduct, variantsOfProduct } from './product-fragments.ts';
import {
  toProductState,
  type BelongingsRow,
  type ProductRow,
  type VariantRow,
} from './product-rows.ts';

export type ProductViewRow = ProductRow &
  Omit<BelongingsRow, 'variants'> & {
    category: CategoryReference | null;
    rating_sum: number;
    rating_count: number;
    variants: readonly (VariantRow & { readonly in_stock: boolean })[];
  };

/** All of a product but what goes with it, of a `product` and its `category`. */
export function productViewColumns(sql: Queryable) {
  return sql`
    product.id, product.category_id, product.name, product.slug, product.description,
    product.attributes, product.tags, product.seo_title, product.seo_description, product.options,
    product.status, product.published_at, product.created_at, product.updated_at,
    product.deleted_at, product.version, product.rating_sum, product.rating_count,
    case when category.id is not null then
      json_build_object('id', category.id, 'slug', category.slug, 'name', category.name)
    end as category,
    ${variantsOfProduct(sql, {
      columns: sql`'in_stock', coalesce(stock.in_stock, false),`,
      joined: sql`left join inventory.availability stock on stock.variant_id = variant.id`,
    })} as variants,
    ${imagesOfProduct(sql)} as images,
    ${relatedOfProduct(sql)} as related_ids
  `;
}

export function toProductView(
  row: ProductViewRow,
  related: readonly ProductListing[],
  asked: {
    readonly audience: Audience;
    readonly currency: Currency;
    readonly storeCurrency: Currency;
    readonly mediaUrl: string | undefined;
  },
): ProductView {
  const inStock = row.variants.filter((variant) => variant.in_stock).map(({ id }) => id);
  const shown = {
    state: toProductState(row, row, asked.storeCurrency),
    version: row.version,
    category: row.category,
    inStock: new Set<string>(inStock),
    rating: { sum: row.rating_sum, count: row.rating_count },
    related,
    mediaUrl: asked.mediaUrl,
  };
  return viewProduct(shown, asked.audience, asked.currency);
}
