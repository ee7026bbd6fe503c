import type { CouponId, PromotionId } from '@kastoma/domain/core';
import {
  Coupon,
  parsePromotionTerms,
  Promotion,
  type CouponCode,
  type PromotionTerms,
} from '@kastoma/domain/pricing';

import { fromTimestamp } from '../core/timestamp.ts';

export type PromotionRow = {
  id: PromotionId;
  terms: unknown;
  automatic: boolean;
  gives_uses_back: boolean;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
  version: number;
};

export type CouponRow = {
  id: CouponId;
  promotion_id: PromotionId;
  code: CouponCode;
  single_use: boolean;
  active: boolean;
  created_at: Date;
  deleted_at: Date | null;
  version: number;
};

export function restoreTerms(json: unknown): PromotionTerms {
  return parsePromotionTerms(json).match(
    (terms) => terms,
    ({ path, reason }) => {
      throw new TypeError(`The stored terms of a promotion are ${reason} at ${path.join('.')}.`);
    },
  );
}

export function toPromotion(row: PromotionRow): Promotion {
  const state = {
    id: row.id,
    terms: restoreTerms(row.terms),
    automatic: row.automatic,
    givesUsesBack: row.gives_uses_back,
    createdAt: fromTimestamp(row.created_at),
    updatedAt: fromTimestamp(row.updated_at),
    deletedAt: row.deleted_at === null ? null : fromTimestamp(row.deleted_at),
  };
  return Promotion.restore(state, row.version);
}

export function toCoupon(row: CouponRow): Coupon {
  const state = {
    id: row.id,
    code: row.code,
    promotionId: row.promotion_id,
    singleUse: row.single_use,
    active: row.active,
    createdAt: fromTimestamp(row.created_at),
    deletedAt: row.deleted_at === null ? null : fromTimestamp(row.deleted_at),
  };
  return Coupon.restore(state, row.version);
}
