import { ok, safeTry } from 'neverthrow';

import type { PromotionId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { PricingUnitOfWork } from './pricing.unit-of-work.ts';

export type DeletePromotionCommand = {
  readonly id: PromotionId;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: PricingUnitOfWork; readonly clock: Clock };

/** Takes a promotion away with all its coupons; orders keep what they got. */
export class DeletePromotion {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, expectedVersion }: DeletePromotionCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ promotions }) =>
      safeTry(async function* () {
        const promotion = yield* promotions.find(id);
        yield* checkVersion(promotion.version, expectedVersion);
        yield* promotions.save(yield* promotion.delete(clock.now()));
        return ok();
      }),
    );
  }
}
