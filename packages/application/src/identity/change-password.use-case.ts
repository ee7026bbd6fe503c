import { err, ok, safeTry, type Result } from 'neverthrow';

import type { SessionId, UserId } from '@kastoma/domain/core';
import {
  choosePassword,
  normalizePassword,
  type Password,
  type PasswordHash,
  type TooManyAttempts,
  type User,
  type WrongPassword,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { KnownPasswords } from './known-passwords.port.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import type { RevokedAccess } from './revoked-access.port.ts';
import { tooManyAttempts } from './too-many-attempts.ts';
import type { UserReader } from './user-repository.port.ts';

export type ChangePasswordCommand = {
  readonly userId: UserId;
  /** As typed: whoever finds a device that is signed in does not know it. */
  readonly currentPassword: string;
  readonly newPassword: Password;
  /** The session of who asks goes on; null where it is not known, and all end. */
  readonly keptSession: SessionId | null;
};

/** Wrong current passwords for one account; a success forgets them. */
export const WRONG_PASSWORDS: RateLimit = { attempts: 10, windowSeconds: 300 };

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly users: UserReader;
  readonly passwordHasher: PasswordHasher;
  readonly knownPasswords: KnownPasswords;
  readonly revokedAccess: RevokedAccess;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
};

/** Sets a new password for whoever knows the present one, and ends the other sessions. */
export class ChangePassword {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: ChangePasswordCommand, context: CallContext) {
    const { unitOfWork, users, passwordHasher, revokedAccess, clock } = this.#dependencies;
    const { knownPasswords } = this.#dependencies;
    const { userId, currentPassword, newPassword } = command;
    const prove = async (user: User) => this.#prove(user, currentPassword);
    const change = (tx: IdentityTx, proved: PasswordHash, next: PasswordHash) =>
      this.#change(tx, command, { proved, next });
    return safeTry(async function* () {
      const user = yield* users.find(userId);
      yield* await prove(user);
      const chosen = yield* choosePassword(newPassword, {
        owner: user.state,
        known: knownPasswords,
        path: ['newPassword'],
      });
      const next = await passwordHasher.hash(chosen);
      const proved = user.state.passwordHash;
      const revocation = yield* unitOfWork.run(context, (tx) => change(tx, proved, next));
      await revokedAccess.add(revocation, clock.now());
      return ok(null);
    });
  }

  /** Takes an attempt before the check, since many may come at once. */
  async #prove(
    { state }: User,
    currentPassword: string,
  ): Promise<Result<void, TooManyAttempts | WrongPassword>> {
    const { rateLimiter, passwordHasher, clock } = this.#dependencies;
    const key = `password-change:${state.id}`;
    const verdict = await rateLimiter.take(key, WRONG_PASSWORDS, clock.now());
    if (!verdict.allowed) return tooManyAttempts(verdict);
    const attempt = normalizePassword(currentPassword);
    if (!(await passwordHasher.verify(attempt, state.passwordHash)))
      return err({ code: 'identity.wrong_password', path: ['currentPassword'] });
    await rateLimiter.clear(key);
    return ok();
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
