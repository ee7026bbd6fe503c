import { err, ok, ResultAsync, safeTry } from 'neverthrow';

import {
  normalizePassword,
  type EmailAddress,
  type InvalidCredentials,
  type TooManyAttempts,
  type User,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import { issueTokens, openSession, type SignedIn, type SignInPorts } from './sign-in.ts';
import type { UserReader } from './user-repository.port.ts';

export type LogInCommand = {
  readonly email: EmailAddress;
  /** As typed. */
  readonly password: string;
  /** Where the attempt comes from: a stranger elsewhere cannot use up the owner's attempts. */
  readonly clientAddress: string;
};

/** Failed attempts for one account from one address; a success forgets them. */
export const FAILED_LOGINS: RateLimit = { attempts: 10, windowSeconds: 300 };

type Dependencies = SignInPorts & {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly users: UserReader;
  readonly passwordHasher: PasswordHasher;
  readonly rateLimiter: RateLimiter;
};

/** Signs somebody in with their e-mail address and password. */
export class LogIn {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: LogInCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { unitOfWork, users, rateLimiter, clock } = dependencies;
    const attempts = `login:${command.clientAddress}:${command.email}`;
    const checkCredentials = (user: User | null) => this.#checkCredentials(user, command.password);
    return safeTry(async function* () {
      const verdict = await rateLimiter.take(attempts, FAILED_LOGINS, clock.now());
      if (!verdict.allowed) {
        const { retryAfterSeconds } = verdict;
        return err<never, TooManyAttempts>({
          code: 'identity.too_many_attempts',
          retryAfterSeconds,
        });
      }
      const found = yield* users
        .findByEmail(command.email)
        .map((user): User | null => user)
        .orElse(() => ok(null));
      const user = yield* checkCredentials(found);
      const { session, refresh } = openSession(user, dependencies);
      yield* unitOfWork.run(context, ({ sessions }) => sessions.save(session));
      await rateLimiter.clear(attempts);
      const tokens = yield* ResultAsync.fromSafePromise(issueTokens(user, refresh, dependencies));
      return ok<SignedIn>({ user, tokens });
    });
  }

  /** Takes as long for an address that nobody has. */
  #checkCredentials(user: User | null, password: string): ResultAsync<User, InvalidCredentials> {
    const { passwordHasher } = this.#dependencies;
    const attempt = normalizePassword(password);
    const verified =
      user === null
        ? passwordHasher.verifyNothing(attempt)
        : passwordHasher.verify(attempt, user.state.passwordHash);
    return ResultAsync.fromSafePromise(verified).andThen((matches) =>
      user !== null && matches ? ok(user) : err({ code: 'identity.invalid_credentials' as const }),
    );
  }
}
