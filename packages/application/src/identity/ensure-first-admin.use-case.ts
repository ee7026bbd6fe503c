import { ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import {
  choosePassword,
  parseFullName,
  User,
  type EmailAddress,
  type Password,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { KnownPasswords } from './known-passwords.port.ts';
import type { PasswordHasher } from './password-hasher.port.ts';

export type EnsureFirstAdminCommand = { readonly email: EmailAddress; readonly password: Password };

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly passwordHasher: PasswordHasher;
  readonly knownPasswords: KnownPasswords;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/**
 * Makes the first administrator, once: while there is one, nothing is made and nothing overwritten.
 * Whoever runs the shop has named the address, so nobody is asked to prove it.
 */
export class EnsureFirstAdmin {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Says whether the account was made now. */
  execute(command: EnsureFirstAdminCommand, context: CallContext) {
    const { unitOfWork, passwordHasher, knownPasswords, ids, clock } = this.#dependencies;
    return safeTry(async function* () {
      const present = yield* unitOfWork.run(context, ({ users }) => users.hasAdmin());
      if (present) return ok(false);
      const { email } = command;
      const password = yield* choosePassword(command.password, {
        owner: { email },
        known: knownPasswords,
        path: ['password'],
      });
      const name = yield* parseFullName({ firstName: 'First', lastName: 'Administrator' });
      const admin = User.register({
        id: ids.next<UserId>(),
        email,
        passwordHash: await passwordHasher.hash(password),
        name,
        role: 'admin',
        emailVerified: true,
        at: clock.now(),
      });
      yield* unitOfWork.run(context, ({ users }) => users.add(admin));
      return ok(true);
    });
  }
}
