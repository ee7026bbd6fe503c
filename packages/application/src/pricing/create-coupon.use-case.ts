import { ok, safeTry, type Result, type ResultAsync } from 'neverthrow';

import type { CouponId, Instant, PromotionId } from '@kastoma/domain/core';
import {
  Coupon,
  Promotion,
  type InvalidPromotion,
  type PromotionMissing,
} from '@kastoma/domain/pricing';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { CreatePromotionCommand } from './create-promotion.use-case.ts';
import type { PricingTx, PricingUnitOfWork } from './pricing.unit-of-work.ts';
import { viewCoupon } from './promotion-view.ts';

export type CreateCouponCommand = {
  readonly code: string;
  readonly singleUse: boolean;
  readonly active: boolean;
  /** One that is there, or a new one that is made with the coupon. */
  readonly promotion:
    | { readonly id: PromotionId }
    | { readonly draft: Omit<CreatePromotionCommand, 'automatic'> };
};

type Dependencies = {
  readonly unitOfWork: PricingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

const MISSING: PromotionMissing = { code: 'pricing.promotion_missing', path: ['promotionId'] };

/** Makes a code for a promotion, and the promotion with it when there is none yet. */
export class CreateCoupon {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: CreateCouponCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    const { promotion: wanted, ...written } = command;
    return safeTry(async function* () {
      const at = clock.now();
      const isNew = 'draft' in wanted;
      const promotionId = isNew ? ids.next<PromotionId>() : wanted.id;
      const coupon = yield* Coupon.create({
        ...written,
        id: ids.next<CouponId>(),
        promotionId,
        at,
      });
      const created = isNew ? yield* withItsCoupon(promotionId, wanted.draft, at) : null;
      return unitOfWork.run(context, (tx) =>
        safeTry(async function* () {
          const promotion = yield* created === null
            ? giveCode(tx, promotionId, at)
            : tx.promotions.add(created).map(() => created);
          yield* tx.coupons.add(coupon);
          return ok(viewCoupon(coupon, promotion));
        }),
      );
    });
  }
}

function withItsCoupon(
  id: PromotionId,
  draft: Omit<CreatePromotionCommand, 'automatic'>,
  at: Instant,
): Result<Promotion, InvalidPromotion> {
  return Promotion.create({ ...draft, id, automatic: false, at }).mapErr((error) => ({
    ...error,
    path: ['promotion', ...error.path],
  }));
}

function giveCode(
  { promotions }: PricingTx,
  id: PromotionId,
  at: Instant,
): ResultAsync<Promotion, PromotionMissing | ConcurrentUpdate> {
  return promotions
    .find(id)
    .mapErr((): PromotionMissing | ConcurrentUpdate => MISSING)
    .andThen((promotion) => {
      const coded = promotion.takeCode(at);
      return coded === promotion ? ok(coded) : promotions.save(coded).map(() => coded);
    });
}
