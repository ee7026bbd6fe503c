import type { PageRequest } from '@kastoma/application/core';
import type { LowStockView } from '@kastoma/application/inventory';
import type { LocationId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';

type LowStockRow = {
  variant_id: string;
  product_id: string;
  sku: string;
  product_name: string;
  on_hand: number;
  reserved: number;
  available: number;
  threshold: number;
};

/** What runs out, with what the catalogue calls it. */
export async function lowStockAt(
  sql: Queryable,
  locationId: LocationId,
  threshold: number,
  { page, pageSize }: PageRequest,
) {
  const [rows, counted] = await Promise.all([
    sql<LowStockRow[]>`${lowStockPage(sql, locationId, threshold, { page, pageSize })}`,
    countUpTo(
      sql,
      sql`from (
        (${lowByThreshold(sql, locationId, threshold, null)})
        union all
        (${lowByOwnPoint(sql, locationId, null)})
      ) low`,
    ),
  ]);
  return pageOf(rows.map(toView), counted);
}

/** The statement itself, so that a test can ask the planner about it. */
export function lowStockPage(
  sql: Queryable,
  locationId: LocationId,
  threshold: number,
  { page, pageSize }: PageRequest,
) {
  const end = page * pageSize;
  return sql`
    select
      low.variant_id, low.on_hand, low.reserved, low.available, low.threshold,
      variant.sku, product.id as product_id, product.name as product_name
    from (
      select * from (
        (${lowByThreshold(sql, locationId, threshold, end)})
        union all
        (${lowByOwnPoint(sql, locationId, end)})
      ) both_kinds
      order by available, variant_id
      limit ${pageSize}
      offset ${end - pageSize}
    ) low
    join catalog.variants variant on variant.id = low.variant_id
    join catalog.products product on product.id = variant.product_id
    order by low.available, low.variant_id
  `;
}

/** Each branch reads its own index in order, and no further than the page's end. */
function lowByThreshold(
  sql: Queryable,
  locationId: LocationId,
  threshold: number,
  end: number | null,
) {
  return sql`
    select
      variant_id, on_hand, reserved, on_hand - reserved as available,
      ${threshold}::integer as threshold
    from inventory.stock
    where location_id = ${locationId}
      and reorder_point is null
      and tracking <> 'not_tracked'
      and on_hand - reserved <= ${threshold}
      and ${isForSale(sql)}
    ${leastFirst(sql, end)}
  `;
}

function lowByOwnPoint(sql: Queryable, locationId: LocationId, end: number | null) {
  return sql`
    select
      variant_id, on_hand, reserved, on_hand - reserved as available, reorder_point as threshold
    from inventory.stock
    where location_id = ${locationId}
      and reorder_point is not null
      and tracking <> 'not_tracked'
      and on_hand - reserved <= reorder_point
      and ${isForSale(sql)}
    ${leastFirst(sql, end)}
  `;
}

/** What is deleted or archived is not bought again. Asked row by row: joined, all variants would be read first. */
function isForSale(sql: Queryable) {
  return sql`
    (
      select
        variant.deleted_at is null and product.deleted_at is null and product.status <> 'archived'
      from catalog.variants variant
      join catalog.products product on product.id = variant.product_id
      where variant.id = stock.variant_id
    )
  `;
}

function leastFirst(sql: Queryable, end: number | null) {
  return end === null ? sql`` : sql`order by on_hand - reserved, variant_id limit ${end}`;
}

function toView(row: LowStockRow): LowStockView {
  return {
    variantId: row.variant_id,
    productId: row.product_id,
    sku: row.sku,
    productName: row.product_name,
    onHand: row.on_hand,
    reserved: row.reserved,
    available: row.available,
    threshold: row.threshold,
  };
}
