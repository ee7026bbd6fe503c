import { err, ok, okAsync, ResultAsync, safeTry } from 'neverthrow';

import {
  normalizePassword,
  type EmailAddress,
  type InvalidCredentials,
  type User,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Pause } from '../core/pause.port.ts';
import type { RateLimiter } from '../core/rate-limiter.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { LoginAttempts } from './login-attempts.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import { issueTokens, openSession, type SignedIn, type SignInPorts } from './sign-in.ts';
import type { UserReader, UserRepository } from './user-repository.port.ts';

export type LogInCommand = {
  readonly email: EmailAddress;
  /** As typed. */
  readonly password: string;
  /** Where the attempt comes from: a stranger elsewhere cannot use up the owner's attempts. */
  readonly clientAddress: string;
};

type Dependencies = SignInPorts & {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly users: UserReader;
  readonly passwordHasher: PasswordHasher;
  readonly rateLimiter: RateLimiter;
  readonly pause: Pause;
};

/** Signs somebody in with their e-mail address and password. */
export class LogIn {
  readonly #dependencies: Dependencies;
  readonly #attempts: LoginAttempts;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#attempts = new LoginAttempts(dependencies);
  }

  execute(command: LogInCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { unitOfWork, users } = dependencies;
    const attempts = this.#attempts;
    const checkCredentials = (user: User | null) => this.#checkCredentials(user, command.password);
    const strengthen = async (user: User) => this.#strengthen(user, command.password, context);
    return safeTry(async function* () {
      yield* await attempts.take(command);
      const found = yield* users
        .findByEmail(command.email)
        .map((user): User | null => user)
        .orElse(() => ok(null));
      const user = yield* checkCredentials(found);
      await attempts.forget(command);
      await strengthen(user);
      const { session, refresh } = openSession(user, dependencies, context);
      yield* unitOfWork.run(context, ({ sessions }) => sessions.save(session));
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
      user?.isActive === true && matches
        ? ok(user)
        : err({ code: 'identity.invalid_credentials' as const }),
    );
  }

  /** Keeps the password as strongly as today's are kept; what comes in between does it at the next login. */
  async #strengthen({ state }: User, password: string, context: CallContext): Promise<void> {
    const { passwordHasher, unitOfWork } = this.#dependencies;
    const proved = state.passwordHash;
    const stronger = await passwordHasher.rehash(normalizePassword(password), proved);
    if (stronger === null) return;
    const keep = (user: User, users: UserRepository) =>
      user.state.passwordHash === proved ? users.save(user.rehash(stronger)) : okAsync();
    return unitOfWork
      .run(context, ({ users }) => users.find(state.id).andThen((user) => keep(user, users)))
      .match(
        () => undefined,
        () => undefined,
      );
  }
}
