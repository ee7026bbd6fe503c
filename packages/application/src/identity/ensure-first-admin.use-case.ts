import { ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import { parseFullName, User, type EmailAddress, type Password } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { PasswordHasher } from './password-hasher.port.ts';

export type EnsureFirstAdminCommand = { readonly email: EmailAddress; readonly password: Password };

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly passwordHasher: PasswordHasher;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Makes the first administrator, once: while there is one, nothing is made and nothing overwritten. */
export class EnsureFirstAdmin {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Says whether the account was made now. */
  execute(command: EnsureFirstAdminCommand, context: CallContext) {
    const { unitOfWork, passwordHasher, ids, clock } = this.#dependencies;
    return safeTry(async function* () {
      const present = yield* unitOfWork.run(context, ({ users }) => users.hasAdmin());
      if (present) return ok(false);
      const name = yield* parseFullName({ firstName: 'First', lastName: 'Administrator' });
      const admin = User.register({
        id: ids.next<UserId>(),
        email: command.email,
        passwordHash: await passwordHasher.hash(command.password),
        name,
        role: 'admin',
        at: clock.now(),
      });
      yield* unitOfWork.run(context, ({ users }) => users.add(admin));
      return ok(true);
    });
  }
}
