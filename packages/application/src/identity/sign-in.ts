import { err, ok, type Result } from 'neverthrow';

import { parseId, type Instant, type SessionId } from '@kastoma/domain/core';
import { Session, type SessionEnded, type User } from '@kastoma/domain/identity';

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

/** How long a sign-in lasts without being renewed: 30 days. */
const SESSION_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;

export type SignInPorts = {
  readonly accessTokens: AccessTokens;
  readonly tokenSecrets: TokenSecrets;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Opens a session for a user who has proved who they are; the caller saves it. */
export function openSession(user: User, ports: SignInPorts): { session: Session; refresh: string } {
  const at = ports.clock.now();
  const id = ports.ids.next<SessionId>();
  const secret = ports.tokenSecrets.next();
  const expiresAt = (at + SESSION_MILLISECONDS) as Instant;
  const tokenHash = ports.tokenSecrets.hash(secret);
  const session = Session.open({ id, userId: user.state.id, tokenHash, at, expiresAt });
  return { session, refresh: formatRefreshToken(id, secret) };
}

export async function issueTokens(
  user: User,
  refresh: string,
  ports: SignInPorts,
): Promise<Tokens> {
  const { id: userId, role } = user.state;
  const { token, expiresInSeconds } = await ports.accessTokens.issue(
    { userId, role },
    ports.clock.now(),
  );
  return { access: token, refresh, expiresInSeconds };
}

/** The session's id, a dot, and the secret: opaque to the client. */
export function formatRefreshToken(sessionId: SessionId, secret: string): string {
  return `${sessionId}.${secret}`;
}

export function readRefreshToken(
  token: string,
): Result<{ sessionId: SessionId; secret: string }, SessionEnded> {
  const [id = '', secret = '', ...rest] = token.split('.');
  const sessionId = parseId<SessionId>(id);
  return sessionId.isErr() || secret === '' || rest.length > 0
    ? err({ code: 'identity.session_ended' })
    : ok({ sessionId: sessionId.value, secret });
}
