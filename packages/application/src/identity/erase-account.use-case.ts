import { err, ok, safeTry, type Result } from 'neverthrow';

import type { Instant, UserId } from '@kastoma/domain/core';
import {
  normalizePassword,
  type TooManyAttempts,
  type User,
  type WrongPassword,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { RateLimiter } from '../core/rate-limiter.port.ts';
import { WRONG_PASSWORDS } from './change-password.use-case.ts';
import { erasureRules, type PrivacyPolicy } from './erasure-rules.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { keepAnAdministrator } from './last-administrator.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import type { RevokedAccess } from './revoked-access.port.ts';
import { tooManyAttempts } from './too-many-attempts.ts';
import type { UserReader } from './user-repository.port.ts';

export type EraseAccountCommand = {
  readonly userId: UserId;
  /** As typed: whoever finds a device that is signed in does not know it. */
  readonly password: string;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly users: UserReader;
  readonly passwordHasher: PasswordHasher;
  readonly revokedAccess: RevokedAccess;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
  readonly privacyPolicy: PrivacyPolicy;
};

/** Forgets a person for good, who says so with their password. The books stay, the person does not. */
export class EraseAccount {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: EraseAccountCommand, context: CallContext) {
    const { unitOfWork, users, revokedAccess, clock } = this.#dependencies;
    const prove = async (user: User) => this.#prove(user, command.password);
    const erase = (tx: IdentityTx) => this.#erase(tx, command, clock.now());
    return safeTry(async function* () {
      const user = yield* users.find(command.userId);
      yield* checkVersion(user.version, command.expectedVersion);
      yield* await prove(user);
      const revocation = yield* unitOfWork.run(context, erase);
      await revokedAccess.add(revocation, clock.now());
      return ok(null);
    });
  }

  /** Takes an attempt before the check, since many may come at once. */
  async #prove(
    { state }: User,
    password: string,
  ): Promise<Result<void, TooManyAttempts | WrongPassword>> {
    const { rateLimiter, passwordHasher, clock } = this.#dependencies;
    const key = `erasure:${state.id}`;
    const verdict = await rateLimiter.take(key, WRONG_PASSWORDS, clock.now());
    if (!verdict.allowed) return tooManyAttempts(verdict);
    const attempt = normalizePassword(password);
    if (!(await passwordHasher.verify(attempt, state.passwordHash)))
      return err({ code: 'identity.wrong_password', path: ['password'] });
    await rateLimiter.clear(key);
    return ok();
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
      yield* tx.users.save(erased);
      await tx.personalData.forget(userId, rules);
      return ok(revocation);
    });
  }
}
