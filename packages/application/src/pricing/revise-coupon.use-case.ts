import { safeTry } from 'neverthrow';

import type { CouponId } from '@kastoma/domain/core';
import type { CouponChanges } from '@kastoma/domain/pricing';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { PricingUnitOfWork } from './pricing.unit-of-work.ts';

export type ReviseCouponCommand = {
  readonly id: CouponId;
  readonly changes: CouponChanges;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: PricingUnitOfWork; readonly clock: Clock };

/** Switches a coupon on or off, or makes it one for a single use. */
export class ReviseCoupon {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, changes, expectedVersion }: ReviseCouponCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ coupons, couponQueries }) =>
      safeTry(async function* () {
        const coupon = yield* coupons.find(id);
        yield* checkVersion(coupon.version, expectedVersion);
        yield* coupons.save(yield* coupon.revise(changes, clock.now()));
        return couponQueries.find(id);
      }),
    );
  }
}
