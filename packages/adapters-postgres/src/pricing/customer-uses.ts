import type { Redeemer } from '@kastoma/application/pricing';
import type { PromotionId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** What counts for the customer of each promotion that was used; of the others there is no number. */
export async function countByCustomer(
  sql: Queryable,
  promotionIds: readonly PromotionId[],
  { id, email }: Redeemer,
): Promise<ReadonlyMap<PromotionId, number>> {
  if (promotionIds.length === 0 || (id === null && email === null)) return new Map();
  const rows = await sql<{ promotion_id: PromotionId; count: number }[]>`
    select promotion_id, count(*)::int as count
    from pricing.redemptions
    where promotion_id = any(${[...promotionIds]}::uuid[])
      and given_back_at is null
      and (customer_id = ${id}::uuid or email = ${email}::text)
    group by promotion_id
  `;
  return new Map(rows.map((row) => [row.promotion_id, row.count]));
}
