import { ok, safeTry } from 'neverthrow';

import type { Instant, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import { erasureRules, type PrivacyPolicy } from './erasure-rules.ts';
import type { IdentityTx } from './identity.unit-of-work.ts';
import { keepAnAdministrator } from './last-administrator.ts';
import { runAsOwner, type OwnerProof, type OwnerProofPorts } from './owner-proof.ts';
import type { RevokedAccess } from './revoked-access.port.ts';
import type { UserReader } from './user-repository.port.ts';

export type EraseAccountCommand = OwnerProof & {
  readonly userId: UserId;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = OwnerProofPorts & {
  readonly users: UserReader;
  readonly revokedAccess: RevokedAccess;
  readonly privacyPolicy: PrivacyPolicy;
};

/** Forgets a person for good, who says so with their password, and a code where they have a second factor. The books stay, the person does not. */
export class EraseAccount {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: EraseAccountCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { users, revokedAccess, clock } = dependencies;
    const erase = (tx: IdentityTx) => this.#erase(tx, command, clock.now());
    return safeTry(async function* () {
      const user = yield* users.find(command.userId);
      yield* checkVersion(user.version, command.expectedVersion);
      const revocation = yield* runAsOwner(user, command, context, dependencies, erase);
      await revokedAccess.add(revocation, clock.now());
      return ok(null);
    });
  }

  #erase(tx: IdentityTx, { userId, expectedVersion }: EraseAccountCommand, at: Instant) {
    const rules = erasureRules(this.#dependencies.privacyPolicy, at);
    return safeTry(async function* () {
      const admins = yield* tx.users.holdActiveAdmins();
      const user = yield* tx.users.find(userId);
      yield* checkVersion(user.version, expectedVersion);
      const erased = user.erase(at);
      yield* keepAnAdministrator(admins, erased);
      const revocation = yield* tx.access.endSessions(userId, at);
      const { email, emailVerified } = user.state;
      if (emailVerified) await tx.personalData.claimGuestOrders(userId, email);
      yield* tx.users.save(erased);
      await tx.personalData.forget(userId, rules);
      return ok(revocation);
    });
  }
}
