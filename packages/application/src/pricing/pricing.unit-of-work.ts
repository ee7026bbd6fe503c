import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { CouponQueries } from './coupon-queries.port.ts';
import type { CouponRepository } from './coupon-repository.port.ts';
import type { PromotionRepository } from './promotion-repository.port.ts';
import type { PromotionUseLedger } from './promotion-uses.port.ts';

export type PricingTx = {
  readonly promotions: PromotionRepository;
  readonly coupons: CouponRepository;
  readonly uses: PromotionUseLedger;
  /** Reads what this transaction wrote. */
  readonly couponQueries: CouponQueries;
};

export type PricingUnitOfWork = UnitOfWork<PricingTx>;
