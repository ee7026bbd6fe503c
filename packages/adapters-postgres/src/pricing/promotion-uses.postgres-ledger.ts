import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { PromotionUse, PromotionUseLedger, Redeemer } from '@kastoma/application/pricing';
import type { CouponId, Instant, OrderId, PromotionId } from '@kastoma/domain/core';
import type { PromotionLimitReached, PromotionUses } from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { countByCustomer } from './customer-uses.ts';
import { holdPromotions, holdSingleUseCoupons, type LimitedPromotion } from './use-locks.ts';

export class PostgresPromotionUseLedger implements PromotionUseLedger {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
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

  /**
   * A statement sees what stood when it began, also when it waited: so the rows are locked first, in the
   * order of their ids, and the uses are counted by a statement of its own. Only promotions with limits
   * and coupons for one use make orders wait for each other.
   */
  async #redeem(
    orderId: OrderId,
    uses: readonly PromotionUse[],
    customer: Redeemer,
    at: Instant,
  ): Promise<Result<void, PromotionLimitReached>> {
    if (uses.length === 0) return ok();
    const limited = await holdPromotions(
      this.#sql,
      uses.map(({ promotionId }) => promotionId),
    );
    const singleUse = await holdSingleUseCoupons(
      this.#sql,
      uses.flatMap(({ couponId }) => couponId ?? []),
    );
    const fresh = await this.#withoutCounted(orderId, uses);
    const reached =
      (await this.#limitReached(limited, fresh, customer)) ??
      (await this.#couponUsedUp(singleUse, fresh));
    if (reached !== null) return err({ code: 'pricing.promotion_limit_reached', ...reached });
    const inserted = await this.#insert(orderId, fresh, { customer, at, singleUse });
    await this.#addToUses(inserted, 1);
    return ok();
  }

  async #giveBack(orderId: OrderId, at: Instant): Promise<void> {
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
    await this.#addToUses(
      given.map((row) => row.promotion_id),
      -1,
    );
  }

  /** Where a limit of all uses wants to know their number; the rows are held. */
  async #addToUses(promotionIds: readonly PromotionId[], change: 1 | -1): Promise<void> {
    if (promotionIds.length === 0) return;
    await this.#sql`
      update pricing.promotions
      set uses = uses + ${change}
      where id = any(${[...promotionIds]}::uuid[]) and total_limit is not null
    `;
  }

  /** A retry of an order counts nothing anew. */
  async #withoutCounted(
    orderId: OrderId,
    uses: readonly PromotionUse[],
  ): Promise<readonly PromotionUse[]> {
    const counted = await this.#sql<{ promotion_id: PromotionId }[]>`
      select promotion_id from pricing.redemptions where order_id = ${orderId}
    `;
    const known = new Set(counted.map((row) => row.promotion_id));
    return uses.filter(({ promotionId }) => !known.has(promotionId));
  }

  async #limitReached(
    limited: readonly LimitedPromotion[],
    fresh: readonly PromotionUse[],
    customer: Redeemer,
  ): Promise<Pick<PromotionLimitReached, 'promotionId' | 'limit'> | null> {
    const asked = limited.filter(({ id }) => fresh.some(({ promotionId }) => promotionId === id));
    const perCustomer = asked.filter((row) => row.customerLimit !== null).map(({ id }) => id);
    const byCustomer = await countByCustomer(this.#sql, perCustomer, customer);
    for (const { id: promotionId, ...row } of asked) {
      const used = byCustomer.get(promotionId) ?? 0;
      if (row.uses >= (row.totalLimit ?? Infinity)) return { promotionId, limit: 'total' };
      if (used >= (row.customerLimit ?? Infinity)) return { promotionId, limit: 'per_customer' };
    }
    return null;
  }

  async #couponUsedUp(
    singleUse: ReadonlySet<CouponId>,
    fresh: readonly PromotionUse[],
  ): Promise<Pick<PromotionLimitReached, 'promotionId' | 'limit'> | null> {
    const asked = fresh.filter(({ couponId }) => couponId !== null && singleUse.has(couponId));
    if (asked.length === 0) return null;
    const used = await this.#sql<{ coupon_id: CouponId }[]>`
      select coupon_id
      from pricing.redemptions
      where coupon_id = any(${asked.map(({ couponId }) => couponId)}::uuid[]) and given_back_at is null
    `;
    const first = asked.find((use) => used.some((row) => row.coupon_id === use.couponId));
    return first === undefined ? null : { promotionId: first.promotionId, limit: 'single_use' };
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

  /** Of two transactions that place the same order at once, the second one counts nothing. */
  async #insert(
    orderId: OrderId,
    uses: readonly PromotionUse[],
    how: {
      readonly customer: Redeemer;
      readonly at: Instant;
      readonly singleUse: ReadonlySet<CouponId>;
    },
  ): Promise<readonly PromotionId[]> {
    if (uses.length === 0) return [];
    const rows = uses.map(({ promotionId, couponId, discount }) => ({
      order_id: orderId,
      promotion_id: promotionId,
      coupon_id: couponId,
      single_use: couponId !== null && how.singleUse.has(couponId),
      customer_id: how.customer.id,
      email: how.customer.email,
      discount: discount.minorUnits,
      currency: discount.currency,
      redeemed_at: toTimestamp(how.at),
    }));
    const inserted = await this.#sql<{ promotion_id: PromotionId }[]>`
      insert into pricing.redemptions ${this.#sql(rows)}
      on conflict (order_id, promotion_id) do nothing
      returning promotion_id
    `;
    return inserted.map((row) => row.promotion_id);
  }
}
