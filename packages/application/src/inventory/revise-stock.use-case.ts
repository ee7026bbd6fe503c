import { ok, safeTry, type Result } from 'neverthrow';

import type { VariantId } from '@kastoma/domain/core';
import {
  defineTracking,
  type InvalidBackorderLimit,
  type Stock,
  type Tracking,
  type TrackingMode,
} from '@kastoma/domain/inventory';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { InventoryUnitOfWork } from './inventory.unit-of-work.ts';
import { causeBy } from './movement-cause.ts';
import { viewStock } from './stock-view.ts';

/** What is left out stays as it is. */
export type ReviseStockCommand = {
  readonly variantId: VariantId;
  /** A code; null: the default location. */
  readonly location: string | null;
  /** What was counted. */
  readonly onHand?: number | undefined;
  readonly tracking?: TrackingMode | undefined;
  /** Null: none. A change of the mode leaves none behind, unless it names one. */
  readonly backorderLimit?: number | null | undefined;
  readonly reorderPoint?: number | null | undefined;
  readonly reason: string;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: InventoryUnitOfWork; readonly clock: Clock };

/** A stock take, and the rules by which an account is kept. */
export class ReviseStock {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ReviseStockCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    const { variantId, onHand: counted, reorderPoint, reason, expectedVersion } = command;
    return unitOfWork.run(context, ({ ledger, locations }) =>
      safeTry(async function* () {
        const cause = yield* causeBy(context, { reason, reference: 'stock_take' }, clock.now());
        const location = yield* locations.find(command.location);
        const before = yield* ledger.find(variantId, location.state.id);
        yield* checkVersion(before.version, expectedVersion);
        const tracking = yield* trackingAfter(before, command);
        const moved = yield* before.revise({ counted, tracking, reorderPoint }, cause);
        yield* ledger.save(before, moved, cause.at);
        return ok(viewStock(moved.stock, location.state.code));
      }),
    );
  }
}

function trackingAfter(
  { state: { tracking } }: Stock,
  { tracking: mode = tracking.mode, backorderLimit }: ReviseStockCommand,
): Result<Tracking, InvalidBackorderLimit> {
  const staysLimited = tracking.mode === 'backorder' && mode === 'backorder';
  const limit = staysLimited ? tracking.limit : null;
  return defineTracking(mode, backorderLimit === undefined ? limit : backorderLimit);
}
