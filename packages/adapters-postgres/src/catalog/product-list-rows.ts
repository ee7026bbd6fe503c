import type postgres from 'postgres';

import {
  viewImage,
  type CategoryReference,
  type ProductListing,
} from '@kastoma/application/catalog';
import type { ProductImage, ProductStatus } from '@kastoma/domain/catalog';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { highlightsColumn, toHighlights, type HighlightsRow } from './product-highlights.ts';
import { imageAsJson } from './product-images.writer.ts';
import type { ListingFilter } from './product-matching.ts';
import type { PlacedRow } from './product-ordering.ts';

type Fragment = postgres.Fragment;

/** As JSON holds it: amounts as text. */
export type ListedRow = PlacedRow & {
  readonly slug: string;
  readonly status: ProductStatus;
  readonly tags: readonly string[];
  readonly compare_at_amount: string | null;
  readonly sku: string;
  readonly category: CategoryReference | null;
  readonly in_stock: boolean;
  readonly rating_sum: number;
  readonly rating_count: number;
  readonly primary_image: ProductImage | null;
  readonly highlights: HighlightsRow | null;
};

/** What a list shows, in one JSON a product: what is read in the order of the page comes out in it. */
export function columnsOf(sql: Queryable, filter: ListingFilter, highlights: boolean): Fragment {
  return sql`
    json_build_object(
      'id', listing.product_id,
      'slug', listing.slug,
      'name', listing.name,
      'status', listing.status,
      'tags', listing.tags,
      'amount', listing.amount::text,
      'compare_at_amount', listing.compare_at_amount::text,
      'sku', listing.sku,
      'in_stock', listing.in_stock,
      'rating', listing.rating,
      'rating_sum', listing.rating_sum,
      'rating_count', listing.rating_count,
      'created_at', listing.created_at,
      'rank', listing.rank,
      'category', case when category.id is not null then
        json_build_object('id', category.id, 'slug', category.slug, 'name', category.name)
      end,
      'primary_image', (
        select ${imageAsJson(sql)}
        from catalog.product_images image
        where image.product_id = listing.product_id
        order by image.position
        limit 1
      ),
      'highlights', ${highlights && filter.search !== null ? highlightsColumn(sql, filter) : sql`null::json`}
    )
  `;
}

export function toListing(
  row: ListedRow,
  { currency }: ListingFilter,
  mediaUrl: string | undefined,
): ProductListing {
  const { compare_at_amount: compareAt, primary_image: image, highlights } = row;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    status: row.status,
    price: restoreMoney(BigInt(row.amount), currency),
    compareAtPrice: compareAt === null ? null : restoreMoney(BigInt(compareAt), currency),
    sku: row.sku,
    category: row.category,
    tags: row.tags,
    inStock: row.in_stock,
    rating: { sum: row.rating_sum, count: row.rating_count },
    primaryImage: image === null ? null : viewImage(image, mediaUrl),
    ...(highlights === null ? {} : { highlights: toHighlights(highlights) }),
  };
}
