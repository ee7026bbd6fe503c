import { err, ok, safeTry } from 'neverthrow';

import type { SessionId, UserId } from '@kastoma/domain/core';
import { choosePassword, type Password, type PasswordHash } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { IdentityTx } from './identity.unit-of-work.ts';
import type { KnownPasswords } from './known-passwords.port.ts';
import { runWithCode, type OwnerProofPorts } from './owner-proof.ts';
import { provePassword } from './prove-password.ts';
import type { RevokedAccess } from './revoked-access.port.ts';
import type { UserReader } from './user-repository.port.ts';

export type ChangePasswordCommand = {
  readonly userId: UserId;
  /** As typed: whoever finds a device that is signed in does not know it. */
  readonly currentPassword: string;
  /** Of the second factor, as typed; whoever has none needs none. */
  readonly code?: string | undefined;
  readonly newPassword: Password;
  /** The session of who asks goes on; null where it is not known, and all end. */
  readonly keptSession: SessionId | null;
};

type Dependencies = OwnerProofPorts & {
  readonly users: UserReader;
  readonly knownPasswords: KnownPasswords;
  readonly revokedAccess: RevokedAccess;
};

/** Sets a new password for whoever shows the present one, and a code where there is a second factor; the other sessions end. */
export class ChangePassword {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ChangePasswordCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { users, passwordHasher, revokedAccess, clock } = dependencies;
    const { knownPasswords } = dependencies;
    const { userId, currentPassword, code, newPassword } = command;
    const change = (tx: IdentityTx, proved: PasswordHash, next: PasswordHash) =>
      this.#change(tx, command, { proved, next });
    return safeTry(async function* () {
      const user = yield* users.find(userId);
      yield* await provePassword(user, currentPassword, dependencies, ['currentPassword']);
      const chosen = yield* choosePassword(newPassword, {
        owner: user.state,
        known: knownPasswords,
        path: ['newPassword'],
      });
      const next = await passwordHasher.hash(chosen);
      const proved = user.state.passwordHash;
      const revocation = yield* await runWithCode(user, code, context, dependencies, (tx) =>
        change(tx, proved, next),
      );
      await revokedAccess.add(revocation, clock.now());
      return ok(null);
    });
  }

  #change(
    { users, oneTimeTokens, access }: IdentityTx,
    { userId, keptSession }: ChangePasswordCommand,
    { proved, next }: { readonly proved: PasswordHash; readonly next: PasswordHash },
  ) {
    const at = this.#dependencies.clock.now();
    const inBetween: ConcurrentUpdate = { code: 'core.concurrent_update' };
    return safeTry(async function* () {
      const user = yield* users.find(userId);
      if (user.state.passwordHash !== proved) return err(inBetween);
      yield* users.save(user.changePassword(next, at));
      yield* oneTimeTokens.revoke(userId, 'password_reset');
      return access.endSessions(userId, at, keptSession);
    });
  }
}
