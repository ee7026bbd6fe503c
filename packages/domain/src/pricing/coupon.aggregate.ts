import { err, ok, type Result } from 'neverthrow';

import type { CouponId, PromotionId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseCouponCode, type CouponCode } from './coupon-code.value.ts';
import type { MalformedCouponCode } from './pricing.errors.ts';
import type { CouponNotFound } from './promotion.errors.ts';
import type { PricingEvent } from './promotion.events.ts';

export type CouponState = {
  readonly id: CouponId;
  readonly code: CouponCode;
  readonly promotionId: PromotionId;
  /** Presents its promotion on one order only; the promotion's own limits count as well. */
  readonly singleUse: boolean;
  /** Otherwise it presents its promotion as one that is switched off. */
  readonly active: boolean;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
};

export type CreateCouponInput = {
  readonly id: CouponId;
  /** As somebody wrote it. */
  readonly code: string;
  readonly promotionId: PromotionId;
  readonly singleUse: boolean;
  readonly active: boolean;
  readonly at: Instant;
};

export type CouponChanges = {
  readonly singleUse?: boolean | undefined;
  readonly active?: boolean | undefined;
};

/** A code that presents a promotion. Code and promotion stay: codes are printed, and told to people. */
export class Coupon {
  readonly state: CouponState;
  readonly version: number;
  /** One for each version that was not saved yet. */
  readonly pending: readonly PricingEvent[];

  private constructor(state: CouponState, version: number, pending: readonly PricingEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static create({ at, ...input }: CreateCouponInput): Result<Coupon, MalformedCouponCode> {
    return parseCouponCode(input.code).map((code) =>
      new Coupon({ ...input, code, createdAt: at, deletedAt: null }, 0, []).#next('created', at),
    );
  }

  /** For persistence only. */
  static restore(state: CouponState, version: number): Coupon {
    return new Coupon(state, version, []);
  }

  /** Made one for a single use, it has none left when it was used already. */
  revise(changes: CouponChanges, at: Instant): Result<Coupon, CouponNotFound> {
    const { deletedAt, singleUse, active } = this.state;
    return deletedAt === null
      ? ok(
          this.#next('revised', at, {
            singleUse: changes.singleUse ?? singleUse,
            active: changes.active ?? active,
          }),
        )
      : err({ code: 'pricing.coupon_not_found' });
  }

  delete(at: Instant): Result<Coupon, CouponNotFound> {
    return this.state.deletedAt === null
      ? ok(this.#next('deleted', at, { deletedAt: at }))
      : err({ code: 'pricing.coupon_not_found' });
  }

  #next(
    what: 'created' | 'revised' | 'deleted',
    at: Instant,
    changes: Partial<CouponState> = {},
  ): Coupon {
    const state = { ...this.state, ...changes };
    const { id: couponId, code: couponCode, promotionId, singleUse, active } = state;
    const version = this.version + 1;
    const told = {
      schemaVersion: 1,
      aggregateId: couponId,
      aggregateVersion: version,
      occurredAt: at,
    };
    const named = { couponId, couponCode, promotionId };
    const event: PricingEvent =
      what === 'deleted'
        ? { ...told, type: 'pricing.coupon_deleted', payload: named }
        : { ...told, type: `pricing.coupon_${what}`, payload: { ...named, singleUse, active } };
    return new Coupon(state, version, [...this.pending, event]);
  }
}
