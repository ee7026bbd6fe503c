import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import { defect, type CouponId } from '@kastoma/domain/core';
import type { CouponNotFound } from '@kastoma/domain/pricing';

import type { Page, PageRequest } from '../../core/page.ts';
import type {
  CouponFilter,
  CouponQueries,
  CouponUsage,
} from '../../pricing/coupon-queries.port.ts';
import { viewCoupon, type CouponView } from '../../pricing/promotion-view.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryCouponQueries implements CouponQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list(filter: CouponFilter, page: PageRequest): Promise<Page<CouponView>> {
    const { active, promotionId, search } = filter;
    const words = search?.toLowerCase() ?? '';
    const matching = this.#all().filter(
      ({ code, promotion, active: isActive }) =>
        (active === null || isActive === active) &&
        (promotionId === null || promotion.id === promotionId) &&
        (code.toLowerCase().includes(words) || promotion.terms.name.toLowerCase().includes(words)),
    );
    const latestFirst = descending(
      byKeys<CouponView>(
        ({ createdAt }) => createdAt,
        ({ id }) => id,
      ),
    );
    return pageOf(matching.toSorted(latestFirst), page);
  }

  find(id: CouponId): ResultAsync<CouponView, CouponNotFound> {
    const found = this.#all().find((view) => view.id === id);
    return found === undefined ? errAsync({ code: 'pricing.coupon_not_found' }) : okAsync(found);
  }

  usages(id: CouponId, page: PageRequest): ResultAsync<Page<CouponUsage>, CouponNotFound> {
    const { coupons, redemptions, orders } = this.#memory.tables;
    if (!coupons.has(id)) return errAsync({ code: 'pricing.coupon_not_found' });
    const usages = [...redemptions.values()]
      .filter(({ couponId }) => couponId === id)
      .flatMap(({ orderId, customer, discount, redeemedAt, givenBackAt }): CouponUsage[] => {
        const order = orders.get(orderId);
        if (order === undefined) return [];
        return [
          {
            orderId,
            orderNumber: order.state.number,
            customerId: customer.id,
            email: customer.email,
            amount: discount,
            usedAt: redeemedAt,
            givenBackAt,
          },
        ];
      });
    const latestFirst = descending(
      byKeys<CouponUsage>(
        ({ usedAt }) => usedAt,
        ({ orderId }) => orderId,
      ),
    );
    return okAsync(pageOf(usages.toSorted(latestFirst), page));
  }

  #all(): readonly CouponView[] {
    const { coupons, promotions } = this.#memory.tables;
    return [...coupons.values()]
      .filter(({ state }) => state.deletedAt === null)
      .map((coupon) => {
        const { promotionId } = coupon.state;
        const lost = () => defect(`The promotion ${promotionId} is lost.`);
        return viewCoupon(coupon, promotions.get(promotionId) ?? lost());
      });
  }
}
