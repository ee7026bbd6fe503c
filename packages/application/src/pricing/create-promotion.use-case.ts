import { err, ok, safeTry, type Result } from 'neverthrow';

import type { PromotionId } from '@kastoma/domain/core';
import {
  Promotion,
  type CreatePromotionInput,
  type TooManyPromotions,
} from '@kastoma/domain/pricing';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { PricingUnitOfWork } from './pricing.unit-of-work.ts';
import { viewPromotion } from './promotion-view.ts';

/** Every cart is priced with all of them; times ten effects and the longest cart they stay within what the engine takes. */
const MOST_AUTOMATIC_PROMOTIONS = 400;

export type CreatePromotionCommand = Omit<CreatePromotionInput, 'id' | 'at'>;

type Dependencies = {
  readonly unitOfWork: PricingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Makes a promotion without a coupon. */
export class CreatePromotion {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: CreatePromotionCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return safeTry(async function* () {
      const id = ids.next<PromotionId>();
      const promotion = yield* Promotion.create({ ...command, id, at: clock.now() });
      return unitOfWork.run(context, ({ promotions }) =>
        safeTry(async function* () {
          if (command.automatic) yield* checkRoom(yield* promotions.countAutomatic());
          yield* promotions.add(promotion);
          return ok(viewPromotion(promotion));
        }),
      );
    });
  }
}

function checkRoom(count: number): Result<void, TooManyPromotions> {
  return count < MOST_AUTOMATIC_PROMOTIONS
    ? ok()
    : err({ code: 'pricing.too_many_promotions', maximum: MOST_AUTOMATIC_PROMOTIONS });
}
