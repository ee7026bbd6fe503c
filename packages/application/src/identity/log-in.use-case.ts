import { err, ok, okAsync, ResultAsync, safeTry } from 'neverthrow';

import {
  normalizePassword,
  type EmailAddress,
  type InvalidCredentials,
  type InvalidSecondFactor,
  type Session,
  type SignInFailure,
  type User,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Pause } from '../core/pause.port.ts';
import { noteFailedSignIn } from './failed-sign-ins.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { LoginAttempts } from './login-attempts.ts';
import { useCodeWhereAsked } from './owner-proof.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import { SecondFactorCheck, type SecondFactorCheckPorts } from './second-factor-check.ts';
import { issueTokens, openSession, type SignedIn, type SignInPorts } from './sign-in.ts';
import type { UserReader, UserRepository } from './user-repository.port.ts';

export type LogInCommand = {
  readonly email: EmailAddress;
  /** As typed. */
  readonly password: string;
  /** Where the attempt comes from: a stranger elsewhere cannot use up the owner's attempts. */
  readonly clientAddress: string;
  /** Of the second factor, as typed: of the app, or a recovery code. An account without one takes no notice. */
  readonly code?: string | undefined;
};

type Dependencies = SignInPorts &
  SecondFactorCheckPorts & {
    readonly unitOfWork: IdentityUnitOfWork;
    readonly users: UserReader;
    readonly passwordHasher: PasswordHasher;
    readonly pause: Pause;
  };

/** The password was right, and no code was wrong. */
const NO_FAILURES: ReadonlySet<string> = new Set([
  'identity.second_factor_required',
  'identity.second_factor_unreadable',
]);

/** Signs somebody in with their e-mail address and password. */
export class LogIn {
  readonly #dependencies: Dependencies;
  readonly #attempts: LoginAttempts;
  readonly #secondFactorCheck: SecondFactorCheck;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#attempts = new LoginAttempts(dependencies);
    this.#secondFactorCheck = new SecondFactorCheck(dependencies);
  }

  execute(command: LogInCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { users } = dependencies;
    const attempts = this.#attempts;
    const checkCredentials = (user: User | null) => this.#checkCredentials(user, command.password);
    const strengthen = async (user: User) => this.#strengthen(user, command.password, context);
    const keep = async (user: User, session: Session) =>
      this.#keep(user, session, command, context);
    return safeTry(async function* () {
      yield* await attempts.take(command);
      const found = yield* users
        .findByEmail(command.email)
        .map((user): User | null => user)
        .orElse(() => ok(null));
      const checked = await checkCredentials(found);
      if (checked.isErr()) {
        await attempts.fail(command);
        const reason: SignInFailure = found?.isActive === false ? 'inactive' : 'password';
        yield* noteFailedSignIn(found, reason, dependencies, context);
      }
      const user = yield* checked;
      await strengthen(user);
      const { session, refresh } = openSession(user, dependencies, context);
      yield* await keep(user, session);
      await attempts.succeed(command);
      const tokens = yield* ResultAsync.fromSafePromise(issueTokens(user, refresh, dependencies));
      return ok<SignedIn>({ user, tokens });
    });
  }

  /** Nobody is asked for a code, or refused for one, before the password was right. */
  async #keep(user: User, session: Session, command: LogInCommand, context: CallContext) {
    const { unitOfWork } = this.#dependencies;
    const { code } = command;
    const check = this.#secondFactorCheck;
    const wrong: InvalidSecondFactor = { code: 'identity.invalid_second_factor' };
    const admit = (tx: IdentityTx) => useCodeWhereAsked(check, tx, user.state.id, { code, wrong });
    const open = () =>
      unitOfWork.run(context, (tx) => admit(tx).andThen(() => tx.sessions.save(session)));
    const opened = await (code === undefined ? open() : check.count(user, code, open));
    const refusal = opened.isErr() ? opened.error.code : null;
    if (refusal !== null && NO_FAILURES.has(refusal)) await this.#attempts.giveBack(command);
    else if (refusal !== null) await this.#attempts.fail(command);
    return refusal === 'identity.invalid_second_factor'
      ? noteFailedSignIn(user, 'code', this.#dependencies, context).andThen(() => opened)
      : opened;
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
