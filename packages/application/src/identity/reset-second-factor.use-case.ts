import { err, ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { OwnSecondFactor } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import { holdActive } from './change-second-factor.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { RevokedAccess } from './revoked-access.port.ts';

export type ResetSecondFactorCommand = {
  readonly userId: UserId;
  /** Who asks: nobody gets round password and code of their own. Null for whoever runs the shop. */
  readonly administrator: UserId | null;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly revokedAccess: RevokedAccess;
  readonly clock: Clock;
};

/** Takes the second factor off an account whose owner has lost it, and ends every session of the account. */
export class ResetSecondFactor {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ResetSecondFactorCommand, context: CallContext) {
    const { unitOfWork, revokedAccess, clock } = this.#dependencies;
    const own: OwnSecondFactor = { code: 'identity.own_second_factor' };
    const reset = (tx: IdentityTx) => this.#reset(tx, command);
    return safeTry(async function* () {
      if (command.userId === command.administrator) return err(own);
      const revocation = yield* unitOfWork.run(context, reset);
      await revokedAccess.add(revocation, clock.now());
      return ok(null);
    });
  }

  #reset(tx: IdentityTx, { userId, expectedVersion }: ResetSecondFactorCommand) {
    const at = this.#dependencies.clock.now();
    return safeTry(async function* () {
      yield* tx.users.find(userId);
      const factor = yield* holdActive(tx, userId);
      yield* checkVersion(factor.version, expectedVersion);
      yield* tx.secondFactors.remove(factor.reset(at));
      return tx.access.endSessions(userId, at);
    });
  }
}
