import { err, ok, safeTry } from 'neverthrow';

import type { SessionId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { RevokedAccess } from './revoked-access.port.ts';

export type EndSessionCommand = {
  readonly userId: UserId;
  /** Null where the caller is known by other means than a session. */
  readonly sessionId: SessionId | null;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly revokedAccess: RevokedAccess;
  readonly clock: Clock;
};

/** Ends one of one's own sessions: its refresh token and its access tokens are void. */
export class EndSession {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ userId, sessionId, expectedVersion }: EndSessionCommand, context: CallContext) {
    const { unitOfWork, revokedAccess, clock } = this.#dependencies;
    return safeTry(async function* () {
      if (sessionId === null) return err({ code: 'identity.session_not_found' as const });
      yield* unitOfWork.run(context, ({ sessions }) =>
        safeTry(async function* () {
          const now = clock.now();
          const session = yield* sessions.find(sessionId).mapErr(toNotFound);
          if (session.state.userId !== userId || session.isOver(now)) return err(toNotFound());
          yield* checkVersion(session.version, expectedVersion);
          yield* sessions.save(session.revoke(now));
          return ok();
        }),
      );
      await revokedAccess.add({ kind: 'session', sessionId }, clock.now());
      return ok();
    });
  }
}

/** Somebody else's is not told from one that never was. */
function toNotFound() {
  return { code: 'identity.session_not_found' as const };
}
