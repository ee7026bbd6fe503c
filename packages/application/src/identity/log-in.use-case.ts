import { err, ok, ResultAsync, safeTry, type Result } from 'neverthrow';

import {
  normalizePassword,
  type EmailAddress,
  type InvalidCredentials,
  type TooManyAttempts,
  type User,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import { networkOf } from './client-network.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import { issueTokens, openSession, type SignedIn, type SignInPorts } from './sign-in.ts';
import { tooManyAttempts } from './too-many-attempts.ts';
import type { UserReader } from './user-repository.port.ts';

export type LogInCommand = {
  readonly email: EmailAddress;
  /** As typed. */
  readonly password: string;
  /** Where the attempt comes from: a stranger elsewhere cannot use up the owner's attempts. */
  readonly clientAddress: string;
};

/** Failed attempts for one account from one network; a success forgets them. */
export const FAILED_LOGINS: RateLimit = { attempts: 10, windowSeconds: 300 };

/** Failed attempts from one network, whichever the account: one password tried on many accounts. */
export const FAILED_LOGINS_OF_NETWORK: RateLimit = { attempts: 100, windowSeconds: 300 };

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
    const { unitOfWork, users, rateLimiter } = dependencies;
    const network = `login:${networkOf(command.clientAddress)}`;
    const account = `${network}:${command.email}`;
    const admit = async () => this.#admit(network, account);
    const checkCredentials = (user: User | null) => this.#checkCredentials(user, command.password);
    return safeTry(async function* () {
      yield* await admit();
      const found = yield* users
        .findByEmail(command.email)
        .map((user): User | null => user)
        .orElse(() => ok(null));
      const user = yield* checkCredentials(found);
      await rateLimiter.clear(account);
      await rateLimiter.giveBack(network);
      const { session, refresh } = openSession(user, dependencies);
      yield* unitOfWork.run(context, ({ sessions }) => sessions.save(session));
      const tokens = yield* ResultAsync.fromSafePromise(issueTokens(user, refresh, dependencies));
      return ok<SignedIn>({ user, tokens });
    });
  }

  /** Takes an attempt before the check, since many may come at once; a success gives it back. */
  async #admit(network: string, account: string): Promise<Result<void, TooManyAttempts>> {
    const { rateLimiter, clock } = this.#dependencies;
    const now = clock.now();
    const ofNetwork = await rateLimiter.take(network, FAILED_LOGINS_OF_NETWORK, now);
    if (!ofNetwork.allowed) return tooManyAttempts(ofNetwork);
    const ofAccount = await rateLimiter.take(account, FAILED_LOGINS, now);
    if (ofAccount.allowed) return ok();
    await rateLimiter.giveBack(network);
    return tooManyAttempts(ofAccount);
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
