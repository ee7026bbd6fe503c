import { defect, type CouponId, type PromotionId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

export type LimitedPromotion = {
  readonly id: PromotionId;
  readonly totalLimit: number | null;
  readonly customerLimit: number | null;
  /** Kept while there is a limit of all uses. */
  readonly uses: number;
};

type LimitedRow = {
  id: PromotionId;
  total_limit: number | null;
  customer_limit: number | null;
  uses: number;
};

/** All are held against changes, in the order of their ids; those with limits, which it gives, against other orders as well. */
export async function holdPromotions(
  sql: Queryable,
  promotionIds: readonly PromotionId[],
): Promise<readonly LimitedPromotion[]> {
  const rows = await sql<{ id: PromotionId; limited: boolean }[]>`
    select id, (total_limit is not null or customer_limit is not null) as limited
    from pricing.promotions
    where id = any(${[...promotionIds]}::uuid[])
    order by id
    for key share
  `;
  if (rows.length < new Set(promotionIds).size) defect('A use is counted of no promotion.');
  const limited = rows.filter((row) => row.limited).map(({ id }) => id);
  if (limited.length === 0) return [];
  const held = await sql<LimitedRow[]>`
    select id, total_limit, customer_limit, uses
    from pricing.promotions
    where id = any(${limited}::uuid[])
    order by id
    for no key update
  `;
  return held.map(({ id, total_limit: totalLimit, customer_limit: customerLimit, uses }) => ({
    id,
    totalLimit,
    customerLimit,
    uses,
  }));
}

/** All are held against changes; those for one use, which it gives, against other orders as well. */
export async function holdSingleUseCoupons(
  sql: Queryable,
  couponIds: readonly CouponId[],
): Promise<ReadonlySet<CouponId>> {
  if (couponIds.length === 0) return new Set();
  const rows = await sql<{ id: CouponId; single_use: boolean }[]>`
    select id, single_use
    from pricing.coupons
    where id = any(${[...couponIds]}::uuid[])
    order by id
    for key share
  `;
  const singleUse = rows.flatMap((row) => (row.single_use ? [row.id] : []));
  if (singleUse.length > 0) {
    await sql`
      select id from pricing.coupons where id = any(${singleUse}::uuid[]) order by id for no key update
    `;
  }
  return new Set(singleUse);
}
