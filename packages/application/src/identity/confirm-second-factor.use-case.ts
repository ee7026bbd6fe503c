import { err, ok, safeTry } from 'neverthrow';

import type { SessionId, UserId } from '@kastoma/domain/core';
import type { WrongSecondFactorCode } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import type { RevokedAccess } from './revoked-access.port.ts';
import { SecondFactorCheck, type SecondFactorCheckPorts } from './second-factor-check.ts';
import type { UserReader } from './user-repository.port.ts';

export type ConfirmSecondFactorCommand = {
  readonly userId: UserId;
  /** As typed. */
  readonly code: string;
  /** The session of who asks goes on; null where it is not known, and all end. */
  readonly keptSession: SessionId | null;
};

type Dependencies = SecondFactorCheckPorts & {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly users: UserReader;
  readonly revokedAccess: RevokedAccess;
};

/**
 * Switches a second factor on for whoever shows that their app knows its secret, and gives
 * recovery codes, once. The other sessions end: they were opened with the password alone.
 */
export class ConfirmSecondFactor {
  readonly #dependencies: Dependencies;
  readonly #check: SecondFactorCheck;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#check = new SecondFactorCheck(dependencies);
  }

  execute(command: ConfirmSecondFactorCommand, context: CallContext) {
    const { unitOfWork, users, revokedAccess, clock } = this.#dependencies;
    const check = this.#check;
    const confirm = (tx: IdentityTx) => this.#confirm(tx, command);
    return safeTry(async function* () {
      const user = yield* users.find(command.userId);
      const { codes, revocation } = yield* await check.countFirst(user, () =>
        unitOfWork.run(context, confirm),
      );
      await revokedAccess.add(revocation, clock.now());
      return ok(codes);
    });
  }

  #confirm(
    { secondFactors, access }: IdentityTx,
    { userId, code, keptSession }: ConfirmSecondFactorCommand,
  ) {
    const dependencies = this.#dependencies;
    const check = this.#check;
    const at = dependencies.clock.now();
    const wrong: WrongSecondFactorCode = {
      code: 'identity.wrong_second_factor_code',
      path: ['code'],
    };
    return safeTry(async function* () {
      const enrolled = yield* (yield* secondFactors.hold(userId)).awaitConfirmation(at);
      const used = yield* check.use(enrolled, code);
      if (used === null) return err(wrong);
      const { codes, hashes } = newRecoveryCodes(dependencies);
      yield* secondFactors.save(used.confirm(hashes, at));
      const revocation = yield* access.endSessions(userId, at, keptSession);
      return ok({ codes, revocation });
    });
  }
}
