import { ok, safeTry } from 'neverthrow';

import type { CouponId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { PricingUnitOfWork } from './pricing.unit-of-work.ts';

export type DeleteCouponCommand = {
  readonly id: CouponId;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: PricingUnitOfWork; readonly clock: Clock };

/** Takes a code away; the promotion that it presented stays, and goes on taking a code. */
export class DeleteCoupon {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, expectedVersion }: DeleteCouponCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ coupons }) =>
      safeTry(async function* () {
        const coupon = yield* coupons.find(id);
        yield* checkVersion(coupon.version, expectedVersion);
        yield* coupons.save(yield* coupon.delete(clock.now()));
        return ok();
      }),
    );
  }
}
