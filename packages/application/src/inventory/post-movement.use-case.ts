import { ok, safeTry } from 'neverthrow';

import { defect, type VariantId } from '@kastoma/domain/core';
import type { PostedType } from '@kastoma/domain/inventory';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { InventoryUnitOfWork } from './inventory.unit-of-work.ts';
import { causeBy } from './movement-cause.ts';
import { viewMovement } from './stock-view.ts';

export type PostMovementCommand = {
  readonly variantId: VariantId;
  /** A code; null: the default location. */
  readonly location: string | null;
  readonly type: PostedType;
  /** What an adjustment takes away has a minus; the other types know their direction. */
  readonly quantity: number;
  readonly reason: string;
  /** What it is about: a delivery note, say. */
  readonly reference?: string | undefined;
};

type Dependencies = { readonly unitOfWork: InventoryUnitOfWork; readonly clock: Clock };

/** Writes down that units came or went. */
export class PostMovement {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: PostMovementCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    const { variantId, type, quantity, reason, reference = 'manual' } = command;
    return unitOfWork.run(context, ({ ledger, locations }) =>
      safeTry(async function* () {
        const cause = yield* causeBy(context, { reason, reference }, clock.now());
        const location = yield* locations.find(command.location);
        const before = yield* ledger.find(variantId, location.state.id);
        const moved = yield* before.post(type, quantity, cause);
        const [movement] = yield* ledger.save(before, moved, cause.at);
        return ok(viewMovement(movement ?? defect('Units were moved without a movement.')));
      }),
    );
  }
}
