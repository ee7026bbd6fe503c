import { ok, ResultAsync, safeTry } from 'neverthrow';

import type { Role, UserId } from '@kastoma/domain/core';
import { User, type EmailAddress, type Password } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { PasswordHasher } from './password-hasher.port.ts';
import { issueTokens, openSession, type SignedIn, type SignInPorts } from './sign-in.ts';

export type RegisterUserCommand = {
  readonly email: EmailAddress;
  readonly password: Password;
  readonly firstName: string;
  readonly lastName: string;
};

type Dependencies = SignInPorts & {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly passwordHasher: PasswordHasher;
};

/** Opens an account, and signs its owner in. */
export class RegisterUser {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: RegisterUserCommand, context: CallContext) {
    const { unitOfWork, passwordHasher, ids, clock } = this.#dependencies;
    const role: Role = 'customer';
    const dependencies = this.#dependencies;
    return safeTry(async function* () {
      const { password, ...person } = command;
      const id = ids.next<UserId>();
      const passwordHash = await passwordHasher.hash(password);
      const user = yield* User.register({ id, ...person, passwordHash, role, at: clock.now() });
      const { session, refresh } = openSession(user, dependencies);
      yield* unitOfWork.run(context, ({ users, sessions }) =>
        users.add(user).andThen(() => sessions.save(session)),
      );
      const tokens = yield* ResultAsync.fromSafePromise(issueTokens(user, refresh, dependencies));
      return ok<SignedIn>({ user, tokens });
    });
  }
}
