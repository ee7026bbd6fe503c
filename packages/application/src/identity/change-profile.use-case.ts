import { ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { ProfileChanges } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';

export type ChangeProfileCommand = {
  readonly userId: UserId;
  readonly changes: ProfileChanges;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: IdentityUnitOfWork; readonly clock: Clock };

/** Changes what somebody says of themselves. */
export class ChangeProfile {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ userId, changes, expectedVersion }: ChangeProfileCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ users }) =>
      safeTry(async function* () {
        const user = yield* users.find(userId);
        yield* checkVersion(user.version, expectedVersion);
        const changed = yield* user.changeProfile(changes, clock.now());
        yield* users.save(changed);
        return ok(changed);
      }),
    );
  }
}
