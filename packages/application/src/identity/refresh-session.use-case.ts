import { err, ok, ResultAsync, safeTry, type Result } from 'neverthrow';

import type { RefreshTokenReplayed, Session, SessionEnded, User } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { RevokedAccess } from './revoked-access.port.ts';
import {
  hashToken,
  issueTokens,
  readRefreshToken,
  type RefreshToken,
  type SignInPorts,
  type Tokens,
} from './sign-in.ts';

export type RefreshSessionCommand = { readonly refreshToken: string };

type Dependencies = SignInPorts & {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly revokedAccess: RevokedAccess;
};
type Rotation = Result<Session, SessionEnded | RefreshTokenReplayed>;

/** Trades a refresh token for the next one and a new access token. Replaying a spent one ends the session. */
export class RefreshSession {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: RefreshSessionCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { unitOfWork, tokenSecrets, revokedAccess, clock } = dependencies;
    const rotate = (tx: IdentityTx, session: Session, token: RefreshToken, next: RefreshToken) =>
      this.#rotate(tx, session, token, next);
    return safeTry(async function* () {
      const token = yield* readRefreshToken(command.refreshToken);
      const next = { ...token, secret: tokenSecrets.next() };
      const { rotation, user } = yield* unitOfWork.run(context, (tx) =>
        safeTry(async function* () {
          const session = yield* tx.sessions.find(token.sessionId);
          const owner = yield* tx.users.find(session.state.userId).mapErr(toEnded);
          yield* isStillIn(session, owner);
          return ok({ rotation: yield* rotate(tx, session, token, next), user: owner });
        }),
      );
      if (rotation.isErr() && rotation.error.code === 'identity.refresh_token_replayed')
        await revokedAccess.add({ kind: 'session', sessionId: token.sessionId }, clock.now());
      yield* rotation;
      return ok<Tokens>(yield* ResultAsync.fromSafePromise(issueTokens(user, next, dependencies)));
    });
  }

  /** A replay is an answer and not a failure of the work: its revocation must be committed. */
  #rotate(tx: IdentityTx, session: Session, token: RefreshToken, next: RefreshToken) {
    const { tokenSecrets, clock, sessionPolicy } = this.#dependencies;
    const at = clock.now();
    const rotated: Rotation = session.rotate(
      hashToken(token, tokenSecrets),
      tokenSecrets.hash(next.secret),
      at,
      sessionPolicy.lifeMilliseconds,
    );
    if (rotated.isOk()) return tx.sessions.save(rotated.value).map((): Rotation => rotated);
    return rotated.error.code === 'identity.refresh_token_replayed'
      ? tx.sessions.save(session.revokeAfterReplay(at)).map((): Rotation => rotated)
      : ResultAsync.fromSafePromise<Rotation, never>(Promise.resolve(rotated));
  }
}

/** Nobody is whose account is not active; a session that was opened while all were being ended is ended, too. */
function isStillIn(session: Session, owner: User): Result<void, SessionEnded> {
  return owner.isActive && session.state.tokenVersion === owner.state.tokenVersion
    ? ok()
    : err(toEnded());
}

function toEnded(): SessionEnded {
  return { code: 'identity.session_ended' };
}
