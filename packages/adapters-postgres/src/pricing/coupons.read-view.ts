import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import type { Page, PageRequest } from '@kastoma/application/core';
import {
  viewCoupon,
  type CouponFilter,
  type CouponQueries,
  type CouponUsage,
  type CouponView,
} from '@kastoma/application/pricing';
import type { CouponId, Currency } from '@kastoma/domain/core';
import type { CouponNotFound } from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { containing } from '../core/search-pattern.ts';
import { fromTimestamp } from '../core/timestamp.ts';
import { toCoupon, toPromotion, type CouponRow, type PromotionRow } from './pricing-rows.ts';

type CouponWithPromotionRow = CouponRow & {
  [Column in keyof PromotionRow as `promotion_${Column}`]: PromotionRow[Column];
};

type UsageRow = {
  order_id: string;
  order_number: string;
  customer_id: string | null;
  email: string | null;
  discount: bigint;
  currency: Currency;
  redeemed_at: Date;
  given_back_at: Date | null;
};

/** Coupons with the promotions that they present, and the orders that they were used on. */
export class PostgresCouponQueries implements CouponQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list(filter: CouponFilter, page: PageRequest): Promise<Page<CouponView>> {
    const matching = this.#matching(filter);
    const [views, counted] = await Promise.all([
      this.#read(this.#sql`
        ${matching}
        order by coupon.created_at desc, coupon.id desc
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `),
      countUpTo(
        this.#sql,
        this.#sql`
          from pricing.coupons coupon
          join pricing.promotions promotion on promotion.id = coupon.promotion_id
          ${matching}
        `,
      ),
    ]);
    return pageOf(views, counted);
  }

  find(id: CouponId): ResultAsync<CouponView, CouponNotFound> {
    return ResultAsync.fromSafePromise(
      this.#read(this.#sql`where coupon.id = ${id} and coupon.deleted_at is null`),
    ).andThen(([view]) =>
      view === undefined ? err({ code: 'pricing.coupon_not_found' as const }) : ok(view),
    );
  }

  usages(id: CouponId, page: PageRequest): ResultAsync<Page<CouponUsage>, CouponNotFound> {
    return ResultAsync.fromSafePromise(this.#sql`
      select id from pricing.coupons where id = ${id}
    `).andThen(({ count }) =>
      count === 0
        ? err({ code: 'pricing.coupon_not_found' as const })
        : ResultAsync.fromSafePromise(this.#usages(id, page)),
    );
  }

  #matching({ active, promotionId, search }: CouponFilter) {
    const sql = this.#sql;
    const pattern = search === null ? '' : containing(search);
    return sql`
      where coupon.deleted_at is null
      ${active === null ? sql`` : sql`and coupon.active = ${active}`}
      ${promotionId === null ? sql`` : sql`and coupon.promotion_id = ${promotionId}`}
      ${search === null ? sql`` : sql`and (coupon.code ilike ${pattern} or promotion.name ilike ${pattern})`}
    `;
  }

  async #read(clause: postgres.Fragment): Promise<readonly CouponView[]> {
    const rows = await this.#sql<CouponWithPromotionRow[]>`
      select
        coupon.id, coupon.promotion_id, coupon.code, coupon.single_use, coupon.active,
        coupon.created_at, coupon.deleted_at, coupon.version,
        promotion.terms as promotion_terms,
        promotion.automatic as promotion_automatic,
        promotion.gives_uses_back as promotion_gives_uses_back,
        promotion.created_at as promotion_created_at,
        promotion.updated_at as promotion_updated_at,
        promotion.deleted_at as promotion_deleted_at,
        promotion.version as promotion_version
      from pricing.coupons coupon
      join pricing.promotions promotion on promotion.id = coupon.promotion_id
      ${clause}
    `;
    return rows.map((row) => viewCoupon(toCoupon(row), toPromotion(promotionOf(row))));
  }

  async #usages(id: CouponId, page: PageRequest): Promise<Page<CouponUsage>> {
    const [rows, counted] = await Promise.all([
      this.#sql<UsageRow[]>`
        select
          redemption.order_id, placed.number as order_number, redemption.customer_id, redemption.email,
          redemption.discount, redemption.currency, redemption.redeemed_at, redemption.given_back_at
        from pricing.redemptions redemption
        join ordering.orders placed on placed.id = redemption.order_id
        where redemption.coupon_id = ${id}
        order by redemption.redeemed_at desc, redemption.order_id desc
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(this.#sql, this.#sql`from pricing.redemptions where coupon_id = ${id}`),
    ]);
    return pageOf(rows.map(toUsage), counted);
  }
}

function promotionOf(row: CouponWithPromotionRow): PromotionRow {
  return {
    id: row.promotion_id,
    terms: row.promotion_terms,
    automatic: row.promotion_automatic,
    gives_uses_back: row.promotion_gives_uses_back,
    created_at: row.promotion_created_at,
    updated_at: row.promotion_updated_at,
    deleted_at: row.promotion_deleted_at,
    version: row.promotion_version,
  };
}

function toUsage(row: UsageRow): CouponUsage {
  return {
    orderId: row.order_id,
    orderNumber: row.order_number,
    customerId: row.customer_id,
    email: row.email,
    amount: restoreMoney(row.discount, row.currency),
    usedAt: fromTimestamp(row.redeemed_at),
    givenBackAt: row.given_back_at === null ? null : fromTimestamp(row.given_back_at),
  };
}
