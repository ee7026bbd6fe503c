import {
  isInForce,
  presentedPromotions,
  type BuyerFacts,
  type PromotionsForBuyer,
  type PromotionsForCart,
  type PromotionsInForce,
  type Redeemer,
} from '@kastoma/application/pricing';
import type { CouponId, Instant, PromotionId } from '@kastoma/domain/core';
import type { CouponCode, PromotionTerms, PromotionUses } from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { buyerFacts } from './buyers.read-view.ts';
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

/** A promotion beside the coupons that present it; of the customer's uses what a limit asks for. */
type FoundRow = PromotionRow & { by_customer: number; coupons: readonly PresentedRow[] | null };

/** At least one, which is about the buyer alone where no promotion is in force. */
type BuyerRow = { groups: readonly string[]; is_first_order: boolean } & (FoundRow | { id: null });

type Promised = FoundRow & { readonly terms: PromotionTerms };

type ReadRow = PromotionRow & { readonly terms: PromotionTerms };

type Period = { readonly from: Instant; readonly until: Instant };

/** Terms may be long, and everybody waits while they are made sense of: so many of them, and then others have their turn. */
const TERMS_AT_ONCE = 25;

const NOBODY: Redeemer = { id: null, email: null };

/** One statement for the coupons, the promotions and the customer's uses; where terms are not known yet, a few more to read them. */
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
  }: Parameters<PromotionsInForce['forCart']>[0]): Promise<PromotionsForBuyer> {
    const { buyer, promised } = await this.#promised({ from: at, until: at }, codes, customer);
    const found = presentedBy(promised).map((row) => {
      const usesLeft = row.single_use ? (row.used ? 0 : 1) : undefined;
      return { ...toCoupon(row), usesLeft };
    });
    const terms = promised.map((promotion) => promotion.terms);
    return { ...presentedPromotions(found, terms), uses: usesOf(promised), buyer };
  }

  async forPastCarts(
    carts: Parameters<PromotionsInForce['forPastCarts']>[0],
  ): Promise<readonly PromotionsForCart[]> {
    if (carts.length === 0) return [];
    const presentedCodes = [...new Set(carts.flatMap(({ codes }) => codes))];
    const times = carts.map(({ at }) => at).toSorted((a, b) => a - b);
    const period = { from: times[0] as Instant, until: times.at(-1) as Instant };
    const { promised } = await this.#promised(period, presentedCodes, NOBODY);
    const presented = presentedBy(promised);
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

  /** Those of which terms must be read may have changed since: then all of the row is taken as it is now. */
  async #promised(
    period: Period,
    codes: readonly CouponCode[],
    customer: Redeemer,
  ): Promise<{ readonly buyer: BuyerFacts; readonly promised: readonly Promised[] }> {
    const found = await this.#promotions(period, codes, customer);
    const buyer = {
      groups: found[0]?.groups ?? [],
      isFirstOrder: found[0]?.is_first_order ?? true,
    };
    const rows = found.flatMap((row) => (row.id === null ? [] : [row]));
    const known = rows.map((row) => ({ ...row, terms: this.#known.get(row.id, row.version) }));
    const read = await this.#read(known.filter(({ terms }) => terms === null).map(({ id }) => id));
    const promised = known.flatMap((row) => {
      const { terms } = row;
      if (terms !== null) return [{ ...row, terms }];
      const now = read.get(row.id);
      return now === undefined ? [] : [{ ...row, ...now }];
    });
    return { buyer, promised };
  }

  async #promotions(
    { from, until }: Period,
    codes: readonly CouponCode[],
    customer: Redeemer,
  ): Promise<readonly BuyerRow[]> {
    const { id, email } = customer;
    return this.#sql<BuyerRow[]>`
      with buyer as (${buyerFacts(this.#sql, customer)}),
      presented as (
        select
          coupon.id, coupon.code, coupon.promotion_id, coupon.single_use, coupon.active,
          coupon.single_use and exists (
            select from pricing.redemptions redemption
            where redemption.coupon_id = coupon.id and redemption.given_back_at is null
          ) as used
        from pricing.coupons coupon
        where coupon.code = any(${[...codes]}) and coupon.deleted_at is null
      )
      select
        buyer.groups, buyer.is_first_order,
        promotion.id, version, automatic, total_limit, customer_limit, uses,
        case when customer_limit is null then 0 else (
          select count(*)::integer
          from pricing.redemptions redemption
          where redemption.promotion_id = promotion.id
            and redemption.given_back_at is null
            and (redemption.customer_id = ${id}::uuid or redemption.email = ${email}::text)
        ) end as by_customer,
        (
          select jsonb_agg(to_jsonb(presented)) from presented where presented.promotion_id = promotion.id
        ) as coupons
      from buyer
      left join pricing.promotions promotion
        on deleted_at is null
        and (
          promotion.id = any(array(select promotion_id from presented))
          or (
            automatic
            and active
            and (starts_at is null or starts_at <= ${toTimestamp(until)})
            and (ends_at is null or ${toTimestamp(from)} < ends_at)
          )
        )
      order by promotion.id
    `;
  }

  async #read(ids: readonly PromotionId[]): Promise<ReadonlyMap<PromotionId, ReadRow>> {
    const read = new Map<PromotionId, ReadRow>();
    for (let next = 0; next < ids.length; next += TERMS_AT_ONCE)
      for (const row of await this.#readSome(ids.slice(next, next + TERMS_AT_ONCE)))
        read.set(row.id, row);
    return read;
  }

  async #readSome(ids: readonly PromotionId[]): Promise<readonly ReadRow[]> {
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
}

/** In the order of their codes. */
function presentedBy(promised: readonly Promised[]): readonly PresentedRow[] {
  return promised
    .flatMap(({ coupons }) => coupons ?? [])
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function usesOf(promised: readonly Promised[]): readonly PromotionUses[] {
  return promised
    .filter((row) => row.total_limit !== null || row.customer_limit !== null)
    .map((row) => ({
      promotionId: row.id,
      total: row.total_limit === null ? 0 : row.uses,
      byCustomer: row.customer_limit === null ? 0 : row.by_customer,
    }));
}

function toCoupon({ id, code, promotion_id: promotionId, active }: PresentedRow) {
  return { id, code, promotionId, active };
}
