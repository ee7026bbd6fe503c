import type { ResultAsync } from 'neverthrow';

import type { CouponId, Instant, Money, PromotionId } from '@kastoma/domain/core';
import type { CouponNotFound } from '@kastoma/domain/pricing';

import type { Page, PageRequest } from '../core/page.ts';
import type { CouponView } from './promotion-view.ts';

export type CouponFilter = {
  /** The coupon itself is switched on or off. */
  readonly active: boolean | null;
  readonly promotionId: PromotionId | null;
  /** A part of the code or of the promotion's name, in either case. */
  readonly search: string | null;
};

/** What one order got for a coupon. */
export type CouponUsage = {
  readonly orderId: string;
  readonly orderNumber: string;
  /** Null for a guest. */
  readonly customerId: string | null;
  readonly email: string | null;
  readonly amount: Money;
  readonly usedAt: Instant;
  /** Null while it counts. */
  readonly givenBackAt: Instant | null;
};

export interface CouponQueries {
  /** The latest first. */
  list(filter: CouponFilter, page: PageRequest): Promise<Page<CouponView>>;
  find(id: CouponId): ResultAsync<CouponView, CouponNotFound>;
  /** The latest first; those of a deleted coupon as well. */
  usages(id: CouponId, page: PageRequest): ResultAsync<Page<CouponUsage>, CouponNotFound>;
}
