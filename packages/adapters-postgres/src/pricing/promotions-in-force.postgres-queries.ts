import {
  isInForce,
  presentedPromotions,
  type PromotionsForCart,
  type PromotionsInForce,
  type Redeemer,
} from '@kastoma/application/pricing';
import type { CouponId, Instant, PromotionId } from '@kastoma/domain/core';
import type { CouponCode, PromotionTerms, PromotionUses } from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { countByCustomer } from './customer-uses.ts';
import { restoreTerms } from './pricing-rows.ts';
import type { PromotionTermsCache } from './promotion-terms.cache.ts';

type PresentedRow = {
  id: CouponId;
  code: CouponCode;
  promotion_id: PromotionId;
  single_use: boolean;
  active: boolean;
  used: boolean;
};

type PromotionRow = {
  id: PromotionId;
  version: number;
  automatic: boolean;
  total_limit: number | null;
  customer_limit: number | null;
  uses: number;
};

type Promised = PromotionRow & { readonly terms: PromotionTerms };

type Period = { readonly from: Instant; readonly until: Instant };

/** Terms may be long, and everybody waits while they are made sense of: so many of them, and then others have their turn. */
const TERMS_AT_ONCE = 25;

/**
 * Three short statements at most, for the coupons, the promotions, and the customer's uses where they are limited; where
 * terms are not known yet, a few more to read them.
 */
export class PostgresPromotionsInForce implements PromotionsInForce {
  readonly #sql: Queryable;
  readonly #known: PromotionTermsCache;

  constructor(sql: Queryable, known: PromotionTermsCache) {
    this.#sql = sql;
    this.#known = known;
  }

  async forCart({
    at,
    codes,
    customer,
  }: Parameters<PromotionsInForce['forCart']>[0]): Promise<PromotionsForCart> {
    const presented = await this.#presentedBy(codes);
    const promised = await this.#promised({ from: at, until: at }, presented);
    const uses = await this.#usesOf(promised, customer);
    const found = presented.map((row) => {
      const usesLeft = row.single_use ? (row.used ? 0 : 1) : undefined;
      return { ...toCoupon(row), usesLeft };
    });
    const terms = promised.map((promotion) => promotion.terms);
    return { ...presentedPromotions(found, terms), uses };
  }

  async forPastCarts(
    carts: Parameters<PromotionsInForce['forPastCarts']>[0],
  ): Promise<readonly PromotionsForCart[]> {
    if (carts.length === 0) return [];
    const presented = await this.#presentedBy([...new Set(carts.flatMap(({ codes }) => codes))]);
    const times = carts.map(({ at }) => at).toSorted((a, b) => a - b);
    const period = { from: times[0] as Instant, until: times.at(-1) as Instant };
    const promised = await this.#promised(period, presented);
    return carts.map(({ at, codes }) => {
      const found = presented
        .filter(({ code }) => codes.includes(code))
        .map((row) => ({ ...toCoupon(row), usesLeft: undefined }));
      const named = new Set(found.map(({ promotionId }) => promotionId));
      const terms = promised
        .filter(({ id, automatic, terms: of }) => named.has(id) || (automatic && isInForce(of, at)))
        .map((promotion) => promotion.terms);
      return { ...presentedPromotions(found, terms), uses: [] };
    });
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

  /** Those of which terms must be read may have changed since: then all of the row is taken as it is now. */
  async #promised(
    period: Period,
    presented: readonly PresentedRow[],
  ): Promise<readonly Promised[]> {
    const rows = await this.#promotions(
      period,
      presented.map((row) => row.promotion_id),
    );
    const known = rows.map((row) => ({ ...row, terms: this.#known.get(row.id, row.version) }));
    const read = await this.#read(known.filter(({ terms }) => terms === null).map(({ id }) => id));
    return known.flatMap((row) => {
      const { terms } = row;
      return terms === null ? (read.get(row.id) ?? []) : [{ ...row, terms }];
    });
  }

  async #promotions(
    { from, until }: Period,
    presented: readonly PromotionId[],
  ): Promise<readonly PromotionRow[]> {
    return this.#sql<PromotionRow[]>`
      select id, version, automatic, total_limit, customer_limit, uses
      from pricing.promotions
      where deleted_at is null
        and (
          id = any(${[...presented]}::uuid[])
          or (
            automatic
            and active
            and (starts_at is null or starts_at <= ${toTimestamp(until)})
            and (ends_at is null or ${toTimestamp(from)} < ends_at)
          )
        )
      order by id
    `;
  }

  async #read(ids: readonly PromotionId[]): Promise<ReadonlyMap<PromotionId, Promised>> {
    const read = new Map<PromotionId, Promised>();
    for (let next = 0; next < ids.length; next += TERMS_AT_ONCE)
      for (const row of await this.#readSome(ids.slice(next, next + TERMS_AT_ONCE)))
        read.set(row.id, row);
    return read;
  }

  async #readSome(ids: readonly PromotionId[]): Promise<readonly Promised[]> {
    const rows = await this.#sql<(PromotionRow & { terms: unknown })[]>`
      select id, version, automatic, total_limit, customer_limit, uses, terms
      from pricing.promotions
      where id = any(${[...ids]}::uuid[]) and deleted_at is null
    `;
    return rows.map((row) => {
      const terms = restoreTerms(row.terms);
      this.#known.set(row.id, row.version, terms);
      return { ...row, terms };
    });
  }

  async #usesOf(rows: readonly PromotionRow[], customer: Redeemer): Promise<PromotionUses[]> {
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

function toCoupon({ id, code, promotion_id: promotionId, active }: PresentedRow) {
  return { id, code, promotionId, active };
}
