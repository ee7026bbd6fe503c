import { ok, safeTry } from 'neverthrow';

import type { CustomerGroup, Instant, Role, UserId } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { AccessRevocation } from './access-repository.port.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import { keepAnAdministrator } from './last-administrator.ts';
import type { RevokedAccess } from './revoked-access.port.ts';

export type AdministerUserCommand = {
  readonly userId: UserId;
  /** What is undefined stays. */
  readonly changes: {
    readonly role?: Role | undefined;
    readonly active?: boolean | undefined;
    readonly groups?: readonly CustomerGroup[] | undefined;
  };
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly revokedAccess: RevokedAccess;
  readonly clock: Clock;
};
type Administered = { readonly user: User; readonly revocation: AccessRevocation | null };

/** Gives somebody another role or other groups, shuts them out, or lets them in again. What they hold of their old rights is void at once. */
export class AdministerUser {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: AdministerUserCommand, context: CallContext) {
    const { unitOfWork, revokedAccess, clock } = this.#dependencies;
    const administer = (tx: IdentityTx) => this.#administer(tx, command);
    return safeTry(async function* () {
      const { user, revocation } = yield* unitOfWork.run(context, administer);
      if (revocation !== null) await revokedAccess.add(revocation, clock.now());
      return ok(user);
    });
  }

  #administer(tx: IdentityTx, { userId, changes, expectedVersion }: AdministerUserCommand) {
    const at = this.#dependencies.clock.now();
    return safeTry(async function* () {
      const admins = yield* tx.users.holdActiveAdmins();
      const before = yield* tx.users.find(userId);
      yield* checkVersion(before.version, expectedVersion);
      const user = withChanges(before, changes, at);
      yield* keepAnAdministrator(admins, user);
      if (user === before) return ok<Administered>({ user, revocation: null });
      yield* tx.users.save(user);
      if (before.isActive && !user.isActive)
        return ok<Administered>({ user, revocation: yield* tx.access.endSessions(userId, at) });
      return before.state.role === user.state.role
        ? ok<Administered>({ user, revocation: null })
        : ok<Administered>({ user, revocation: yield* tx.access.voidTokens(userId) });
    });
  }
}

function withChanges(user: User, changes: AdministerUserCommand['changes'], at: Instant): User {
  const { role, active, groups } = changes;
  const placed = role === undefined ? user : user.changeRole(role, at);
  const grouped = groups === undefined ? placed : placed.changeGroups(groups, at);
  if (active === undefined) return grouped;
  return active ? grouped.reactivate(at) : grouped.deactivate(at);
}
