import type { PromotionUse, Redeemer } from '@kastoma/application/pricing';
import { defect, type CouponId, type OrderId, type PromotionId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** A promotion and its coupon as they stand, held until the transaction ends. */
export type HeldUse = {
  readonly promotionId: PromotionId;
  /** The order has counted it before. */
  readonly isCounted: boolean;
  readonly totalLimit: number | null;
  readonly customerLimit: number | null;
  /** Kept while there is a limit of all uses. */
  readonly uses: number;
  /** Counted where there is a limit for each customer. */
  readonly byCustomer: number;
  readonly isSingleUse: boolean;
  /** A coupon for one use, and somebody had it. */
  readonly isUsedUp: boolean;
};

type HeldRow = {
  promotion_id: PromotionId;
  is_counted: boolean;
  total_limit: number | null;
  customer_limit: number | null;
  uses: number;
  by_customer: number;
  single_use: boolean;
  is_used_up: boolean;
};

/**
 * All are held against changes, in the order of their ids; what is limited, against other orders as well. What
 * counts is read when all are held.
 */
export async function holdUses(
  sql: Queryable,
  orderId: OrderId,
  uses: readonly PromotionUse[],
  { id, email }: Redeemer,
): Promise<readonly HeldUse[]> {
  const promotionIds: readonly PromotionId[] = uses.map(({ promotionId }) => promotionId);
  const couponIds: readonly (CouponId | null)[] = uses.map(({ couponId }) => couponId);
  const rows = await sql<HeldRow[]>`
    select
      promotion_id, is_counted, total_limit, customer_limit, uses, by_customer, single_use, is_used_up
    from pricing.hold_uses(
      ${[...promotionIds]}::uuid[], ${[...couponIds]}::uuid[], ${orderId}, ${id}::uuid, ${email}::text
    )
  `;
  if (rows.length < uses.length) defect('A use is counted of no promotion.');
  return rows.map((row) => ({
    promotionId: row.promotion_id,
    isCounted: row.is_counted,
    totalLimit: row.total_limit,
    customerLimit: row.customer_limit,
    uses: row.uses,
    byCustomer: row.by_customer,
    isSingleUse: row.single_use,
    isUsedUp: row.is_used_up,
  }));
}
