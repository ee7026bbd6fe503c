import { err, ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import {
  choosePassword,
  type OneTimeTokenRefused,
  type Password,
  type PasswordHash,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { RateLimiter } from '../core/rate-limiter.port.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { KnownPasswords } from './known-passwords.port.ts';
import type { PresentedOneTimeToken } from './one-time-tokens.port.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import { forgiveWrongPasswords } from './prove-password.ts';
import type { RevokedAccess } from './revoked-access.port.ts';
import { forgiveWrongCodes } from './second-factor-check.ts';
import type { TokenSecrets } from './token-secrets.port.ts';
import { admitTokenUse } from './token-uses.ts';

export type ResetPasswordCommand = {
  readonly token: string;
  readonly newPassword: Password;
  readonly clientAddress: string;
};

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly passwordHasher: PasswordHasher;
  readonly knownPasswords: KnownPasswords;
  readonly tokenSecrets: TokenSecrets;
  readonly revokedAccess: RevokedAccess;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
};

/**
 * Sets a new password for whoever has the token that was sent to the account's address,
 * and ends every session: whoever else is signed in may be the reason for the reset.
 */
export class ResetPassword {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ token, newPassword, clientAddress }: ResetPasswordCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { unitOfWork, passwordHasher, tokenSecrets, revokedAccess, clock } = dependencies;
    const { knownPasswords } = dependencies;
    return safeTry(async function* () {
      yield* await admitTokenUse(clientAddress, dependencies);
      const hash = tokenSecrets.hash(token);
      const presented = { purpose: 'password_reset' as const, hash, at: clock.now() };
      // Hashing is what costs: nobody has it done with a token of their own making.
      const owner = yield* unitOfWork.run(context, (tx) =>
        tx.oneTimeTokens.ownerOf(presented).andThen((userId) => activeUser(tx, userId)),
      );
      const chosen = yield* choosePassword(newPassword, {
        owner: owner.state,
        known: knownPasswords,
        path: ['newPassword'],
      });
      const passwordHash = await passwordHasher.hash(chosen);
      const revocation = yield* unitOfWork.run(context, (tx) => reset(tx, presented, passwordHash));
      await revokedAccess.add(revocation, clock.now());
      await forgiveWrongCodes(owner.state.id, dependencies.rateLimiter);
      await forgiveWrongPasswords(owner.state.id, dependencies.rateLimiter);
      return ok(null);
    });
  }
}

/** The token came through the account's mailbox, so the address is verified by it, too. */
function reset(tx: IdentityTx, presented: PresentedOneTimeToken, passwordHash: PasswordHash) {
  const { at } = presented;
  return safeTry(async function* () {
    const userId = yield* tx.oneTimeTokens.use(presented);
    const user = yield* activeUser(tx, userId);
    yield* tx.users.save(user.changePassword(passwordHash, at).verifyEmail(at));
    return tx.access.endSessions(userId, at);
  });
}

/** A token opens no account that is closed. */
function activeUser({ users }: IdentityTx, userId: UserId) {
  const refused: OneTimeTokenRefused = { code: 'identity.one_time_token_refused' };
  return users
    .find(userId)
    .mapErr(() => refused)
    .andThen((user) => (user.isActive ? ok(user) : err(refused)));
}
