import type { ResultAsync } from 'neverthrow';

import type { CouponId } from '@kastoma/domain/core';
import type { Coupon, CouponCodeTaken, CouponNotFound } from '@kastoma/domain/pricing';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface CouponRepository {
  /** Stores a new coupon with its events. The code of a deleted one may be used anew. */
  add(coupon: Coupon): ResultAsync<void, CouponCodeTaken>;
  /** Holds it until the work is done. */
  find(id: CouponId): ResultAsync<Coupon, CouponNotFound>;
  save(coupon: Coupon): ResultAsync<void, ConcurrentUpdate>;
}
