import {
  presentedPromotions,
  type PromotionsForCart,
  type PromotionsInForce,
  type Redeemer,
} from '@kastoma/application/pricing';
import type { CouponId, Instant, PromotionId } from '@kastoma/domain/core';
import type { CouponCode, PromotionUses } from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { countByCustomer } from './customer-uses.ts';
import { restoreTerms } from './pricing-rows.ts';

type PresentedRow = {
  id: CouponId;
  code: CouponCode;
  promotion_id: PromotionId;
  single_use: boolean;
  active: boolean;
  used: boolean;
};

type TermsRow = {
  id: PromotionId;
  terms: unknown;
  total_limit: number | null;
  customer_limit: number | null;
  uses: number;
};

/** Three short statements at most: the coupons, the promotions, the customer's uses where they are limited. */
export class PostgresPromotionsInForce implements PromotionsInForce {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async forCart({
    at,
    codes,
    customer,
  }: Parameters<PromotionsInForce['forCart']>[0]): Promise<PromotionsForCart> {
    const presented = await this.#presentedBy(codes);
    const rows = await this.#promotions(
      at,
      presented.map((row) => row.promotion_id),
    );
    const uses = await this.#usesOf(rows, customer);
    const found = presented.map(({ id, code, promotion_id: promotionId, ...row }) => {
      const usesLeft = row.single_use ? (row.used ? 0 : 1) : undefined;
      return { id, code, promotionId, active: row.active, usesLeft };
    });
    const terms = rows.map((row) => restoreTerms(row.terms));
    return { ...presentedPromotions(found, terms), uses };
  }

  async #presentedBy(codes: readonly CouponCode[]): Promise<readonly PresentedRow[]> {
    if (codes.length === 0) return [];
    return this.#sql<PresentedRow[]>`
      select
        coupon.id, coupon.code, coupon.promotion_id, coupon.single_use, coupon.active,
        coupon.single_use and exists (
          select from pricing.redemptions redemption
          where redemption.coupon_id = coupon.id and redemption.given_back_at is null
        ) as used
      from pricing.coupons coupon
      where coupon.code = any(${[...codes]}) and coupon.deleted_at is null
      order by coupon.code collate "C"
    `;
  }

  async #promotions(at: Instant, presented: readonly PromotionId[]): Promise<readonly TermsRow[]> {
    const now = toTimestamp(at);
    return this.#sql<TermsRow[]>`
      select id, terms, total_limit, customer_limit, uses
      from pricing.promotions
      where deleted_at is null
        and (
          id = any(${[...presented]}::uuid[])
          or (
            automatic
            and active
            and (starts_at is null or starts_at <= ${now})
            and (ends_at is null or ${now} < ends_at)
          )
        )
      order by id
    `;
  }

  async #usesOf(rows: readonly TermsRow[], customer: Redeemer): Promise<readonly PromotionUses[]> {
    const perCustomer = rows.filter((row) => row.customer_limit !== null).map(({ id }) => id);
    const byCustomer = await countByCustomer(this.#sql, perCustomer, customer);
    return rows
      .filter((row) => row.total_limit !== null || row.customer_limit !== null)
      .map((row) => ({
        promotionId: row.id,
        total: row.total_limit === null ? 0 : row.uses,
        byCustomer: byCustomer.get(row.id) ?? 0,
      }));
  }
}
