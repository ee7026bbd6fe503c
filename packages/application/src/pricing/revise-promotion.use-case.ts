import { ok, safeTry } from 'neverthrow';

import type { PromotionId } from '@kastoma/domain/core';
import type { PromotionChanges } from '@kastoma/domain/pricing';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { PricingUnitOfWork } from './pricing.unit-of-work.ts';
import { viewPromotion } from './promotion-view.ts';

export type RevisePromotionCommand = {
  readonly id: PromotionId;
  readonly changes: PromotionChanges;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: PricingUnitOfWork; readonly clock: Clock };

/** Changes what a promotion gives from now on; orders keep what they got. */
export class RevisePromotion {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, changes, expectedVersion }: RevisePromotionCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ promotions }) =>
      safeTry(async function* () {
        const promotion = yield* promotions.find(id);
        yield* checkVersion(promotion.version, expectedVersion);
        const revised = yield* promotion.revise(changes, clock.now());
        yield* promotions.save(revised);
        return ok(viewPromotion(revised));
      }),
    );
  }
}
