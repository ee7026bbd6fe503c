import { ok, ResultAsync, safeTry, type Result } from 'neverthrow';

import type { Role, UserId } from '@kastoma/domain/core';
import {
  choosePassword,
  parseFullName,
  User,
  type EmailAddress,
  type Password,
  type TooManyAttempts,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import { networkOf } from './client-network.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { KnownPasswords } from './known-passwords.port.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import { issueTokens, openSession, type SignedIn, type SignInPorts } from './sign-in.ts';
import { tooManyAttempts } from './too-many-attempts.ts';

export type RegisterUserCommand = {
  readonly email: EmailAddress;
  readonly password: Password;
  readonly firstName: string;
  readonly lastName: string;
  /** Where the call comes from; left out where the shop itself opens the account. */
  readonly clientAddress?: string;
  /** Where the shop itself opens the account and vouches for the address: nobody is then asked to prove it. */
  readonly emailVerified?: boolean;
};

/** From one network: enough for the office of a shop, too few to try out a list of addresses. */
export const REGISTRATIONS: RateLimit = { attempts: 300, windowSeconds: 3_600 };

type Dependencies = SignInPorts & {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly passwordHasher: PasswordHasher;
  readonly knownPasswords: KnownPasswords;
  readonly rateLimiter: RateLimiter;
};

/** Opens an account, and signs its owner in. */
export class RegisterUser {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: RegisterUserCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { unitOfWork, passwordHasher, knownPasswords, ids, clock } = dependencies;
    const admit = async () => this.#admit(command.clientAddress);
    const role: Role = 'customer';
    return safeTry(async function* () {
      const { email } = command;
      // Hashing is what costs, so it comes last.
      const name = yield* parseFullName(command);
      const password = yield* choosePassword(command.password, {
        owner: { email, ...name },
        known: knownPasswords,
        path: ['password'],
      });
      yield* await admit();
      const passwordHash = await passwordHasher.hash(password);
      const id = ids.next<UserId>();
      const { emailVerified = false } = command;
      const at = clock.now();
      const user = User.register({ id, email, passwordHash, name, role, emailVerified, at });
      const { session, refresh } = openSession(user, dependencies, context);
      yield* unitOfWork.run(context, ({ users, sessions }) =>
        users.add(user).andThen(() => sessions.save(session)),
      );
      const tokens = yield* ResultAsync.fromSafePromise(issueTokens(user, refresh, dependencies));
      return ok<SignedIn>({ user, tokens });
    });
  }

  async #admit(clientAddress: string | undefined): Promise<Result<void, TooManyAttempts>> {
    const { rateLimiter, clock } = this.#dependencies;
    if (clientAddress === undefined) return ok();
    const key = `register:${networkOf(clientAddress)}`;
    const verdict = await rateLimiter.take(key, REGISTRATIONS, clock.now());
    return verdict.allowed ? ok() : tooManyAttempts(verdict);
  }
}
