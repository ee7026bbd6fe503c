import { err, ok, type Result } from 'neverthrow';

import { parseId, type SessionId } from '@kastoma/domain/core';
import {
  Session,
  type PresentedToken,
  type SessionEnded,
  type User,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { AccessTokens } from './access-tokens.port.ts';
import type { TokenSecrets } from './token-secrets.port.ts';

/** What a client gets to prove who it is. */
export type Tokens = {
  readonly access: string;
  readonly refresh: string;
  readonly expiresInSeconds: number;
};
export type SignedIn = { readonly user: User; readonly tokens: Tokens };

/** How long a session lasts after its last renewal. */
export type SessionPolicy = { readonly lifeMilliseconds: number };

export type SignInPorts = {
  readonly accessTokens: AccessTokens;
  readonly tokenSecrets: TokenSecrets;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  readonly sessionPolicy: SessionPolicy;
};

/** A refresh token, taken apart. */
export type RefreshToken = {
  readonly sessionId: SessionId;
  /** Shared by all tokens of the session: an old one is known for a replay without being kept. */
  readonly familySecret: string;
  readonly secret: string;
};

/** Opens a session for a user who has proved who they are; the caller saves it. */
export function openSession(
  user: User,
  ports: SignInPorts,
  { origin }: CallContext,
): { session: Session; refresh: RefreshToken } {
  const { clock, ids, tokenSecrets, sessionPolicy } = ports;
  const id = ids.next<SessionId>();
  const token = { sessionId: id, familySecret: tokenSecrets.next(), secret: tokenSecrets.next() };
  const first = hashToken(token, tokenSecrets);
  const { id: userId, tokenVersion } = user.state;
  const session = Session.open({
    id,
    userId,
    tokenVersion,
    first,
    at: clock.now(),
    ...(origin === undefined ? {} : { origin }),
    ...sessionPolicy,
  });
  return { session, refresh: token };
}

export function hashToken(
  { familySecret, secret }: RefreshToken,
  tokenSecrets: TokenSecrets,
): PresentedToken {
  return { family: tokenSecrets.hash(familySecret), own: tokenSecrets.hash(secret) };
}

/** New tokens of the session that the refresh token is of. */
export async function issueTokens(
  user: User,
  refresh: RefreshToken,
  ports: SignInPorts,
): Promise<Tokens> {
  const { id: userId, role, tokenVersion } = user.state;
  const { token, expiresInSeconds } = await ports.accessTokens.issue(
    { userId, role, tokenVersion, sessionId: refresh.sessionId },
    ports.clock.now(),
  );
  return { access: token, refresh: formatRefreshToken(refresh), expiresInSeconds };
}

/** The session's id and the two secrets, with dots between: opaque to the client. */
export function formatRefreshToken({ sessionId, familySecret, secret }: RefreshToken): string {
  return `${sessionId}.${familySecret}.${secret}`;
}

export function readRefreshToken(token: string): Result<RefreshToken, SessionEnded> {
  const [id = '', familySecret = '', secret = '', ...rest] = token.split('.');
  const sessionId = parseId<SessionId>(id);
  const isWhole = familySecret !== '' && secret !== '' && rest.length === 0;
  return sessionId.isOk() && isWhole
    ? ok({ sessionId: sessionId.value, familySecret, secret })
    : err({ code: 'identity.session_ended' });
}
