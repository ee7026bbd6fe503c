import { ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import { allSessionsRevoked } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { RevokedAccess } from './revoked-access.port.ts';

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly revokedAccess: RevokedAccess;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Signs somebody out everywhere, here included. */
export class EndAllSessions {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(userId: UserId, context: CallContext) {
    const { unitOfWork, revokedAccess, ids, clock } = this.#dependencies;
    return safeTry(async function* () {
      const note = allSessionsRevoked({ id: ids.next(), userId, at: clock.now() });
      const revocation = yield* unitOfWork.run(context, ({ access, signInNotes }) =>
        signInNotes.add(note).andThen(() => access.endSessions(userId, clock.now())),
      );
      await revokedAccess.add(revocation, clock.now());
      return ok();
    });
  }
}
