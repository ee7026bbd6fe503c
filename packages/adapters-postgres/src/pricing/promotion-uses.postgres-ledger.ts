import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { PromotionUse, PromotionUseLedger, Redeemer } from '@kastoma/application/pricing';
import type { Instant, OrderId, PromotionId } from '@kastoma/domain/core';
import type { PromotionLimitReached, PromotionUses } from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import { LastWrites, type LastWrite } from '../core/last-writes.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { countByCustomer } from './customer-uses.ts';
import { holdUses, type HeldUse } from './use-locks.ts';

export class PostgresPromotionUseLedger implements PromotionUseLedger {
  readonly #sql: Queryable;
  readonly #last: LastWrites | null;

  /** With `last`, uses are written when the work ends; that they may be is known at once. */
  constructor(sql: Queryable, last: LastWrites | null = null) {
    this.#sql = sql;
    this.#last = last;
  }

  redeem(
    orderId: OrderId,
    uses: readonly PromotionUse[],
    customer: Redeemer,
    at: Instant,
  ): ResultAsync<void, PromotionLimitReached> {
    return new ResultAsync(this.#redeem(orderId, uses, customer, at));
  }

  giveBack(orderId: OrderId, at: Instant): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#giveBack(orderId, at));
  }

  usesOf(
    promotionIds: readonly PromotionId[],
    customer: Redeemer,
  ): ResultAsync<readonly PromotionUses[], never> {
    return ResultAsync.fromSafePromise(this.#count(promotionIds, customer));
  }

  /** Only promotions with limits and coupons for one use make orders wait for each other. */
  async #redeem(
    orderId: OrderId,
    uses: readonly PromotionUse[],
    customer: Redeemer,
    at: Instant,
  ): Promise<Result<void, PromotionLimitReached>> {
    if (uses.length === 0) return ok();
    await this.#last?.sendBefore('uses_redeemed');
    const held = await holdUses(this.#sql, orderId, uses, customer);
    const fresh = held.filter(({ isCounted }) => !isCounted);
    const reached = fresh.flatMap((use) => limitReached(use) ?? [])[0];
    if (reached !== undefined) return err({ code: 'pricing.promotion_limit_reached', ...reached });
    if (fresh.length === 0) return ok();
    const writes = this.#last ?? new LastWrites(this.#sql);
    await writes.add(this.#counted(orderId, uses, { customer, at, fresh }));
    if (this.#last === null) await writes.send();
    return ok();
  }

  async #giveBack(orderId: OrderId, at: Instant): Promise<void> {
    await this.#last?.sendBefore('uses_redeemed');
    const held = await this.#sql<{ id: PromotionId }[]>`
      select promotion.id
      from pricing.redemptions redemption
      join pricing.promotions promotion on promotion.id = redemption.promotion_id
      where redemption.order_id = ${orderId}
        and redemption.given_back_at is null
        and promotion.gives_uses_back
      order by promotion.id
      for no key update of promotion
    `;
    if (held.length === 0) return;
    const given = await this.#sql<{ promotion_id: PromotionId }[]>`
      update pricing.redemptions
      set given_back_at = ${toTimestamp(at)}
      where order_id = ${orderId}
        and promotion_id = any(${held.map(({ id }) => id)}::uuid[])
        and given_back_at is null
      returning promotion_id
    `;
    if (given.length === 0) return;
    await this.#sql`
      update pricing.promotions
      set uses = uses - 1
      where id = any(${given.map((row) => row.promotion_id)}::uuid[]) and total_limit is not null
    `;
  }

  async #count(
    promotionIds: readonly PromotionId[],
    customer: Redeemer,
  ): Promise<readonly PromotionUses[]> {
    const byCustomer = await countByCustomer(this.#sql, promotionIds, customer);
    const rows = await this.#sql<{ promotion_id: PromotionId; count: number }[]>`
      select promotion_id, count(*)::int as count
      from pricing.redemptions
      where promotion_id = any(${[...promotionIds]}::uuid[]) and given_back_at is null
      group by promotion_id
    `;
    const total = new Map(rows.map((row) => [row.promotion_id, row.count]));
    return promotionIds.map((promotionId) => ({
      promotionId,
      total: total.get(promotionId) ?? 0,
      byCustomer: byCustomer.get(promotionId) ?? 0,
    }));
  }

  /**
   * Of two transactions that place the same order at once, the second one counts nothing. Their number is kept where
   * a limit of all uses wants to know it.
   */
  #counted(
    orderId: OrderId,
    uses: readonly PromotionUse[],
    {
      customer,
      at,
      fresh,
    }: {
      readonly customer: Redeemer;
      readonly at: Instant;
      readonly fresh: readonly HeldUse[];
    },
  ): Readonly<Record<string, LastWrite>> {
    const sql = this.#sql;
    const rows = fresh.map(({ promotionId, isSingleUse }) => {
      const use = uses.find((candidate) => candidate.promotionId === promotionId);
      return {
        order_id: orderId,
        promotion_id: promotionId,
        coupon_id: use?.couponId ?? null,
        single_use: isSingleUse,
        customer_id: customer.id,
        email: customer.email,
        discount: use?.discount.minorUnits.toString(),
        currency: use?.discount.currency,
        redeemed_at: toTimestamp(at),
      };
    });
    return {
      uses_redeemed: {
        sql: sql`
          insert into pricing.redemptions (
            order_id, promotion_id, coupon_id, single_use, customer_id, email, discount, currency, redeemed_at
          )
          select
            order_id, promotion_id, coupon_id, single_use, customer_id, email, discount, currency, redeemed_at
          from jsonb_populate_recordset(null::pricing.redemptions, ${sql.json(rows)})
          on conflict (order_id, promotion_id) do nothing
          returning promotion_id
        `,
      },
      uses_counted: {
        sql: sql`
          update pricing.promotions
          set uses = uses + 1
          where id in (select promotion_id from uses_redeemed) and total_limit is not null
        `,
      },
    };
  }
}

type ReachedLimit = Pick<PromotionLimitReached, 'promotionId' | 'limit'>;

function limitReached({ promotionId, ...use }: HeldUse): ReachedLimit | null {
  if (use.uses >= (use.totalLimit ?? Infinity)) return { promotionId, limit: 'total' };
  if (use.byCustomer >= (use.customerLimit ?? Infinity))
    return { promotionId, limit: 'per_customer' };
  return use.isUsedUp ? { promotionId, limit: 'single_use' } : null;
}
