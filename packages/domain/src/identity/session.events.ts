import type { DomainEvent } from '../core/domain-event.ts';

type OfSession<Type extends string> = DomainEvent<
  Type,
  { readonly sessionId: string; readonly userId: string }
>;

/** Somebody signed in. */
export type SessionOpened = OfSession<'identity.session_opened'>;
/** Its owner ended it. */
export type SessionRevoked = OfSession<'identity.session_revoked'>;
/** A spent refresh token came again: the session was ended, since somebody else may hold it. */
export type RefreshTokenReplayRecorded = OfSession<'identity.refresh_token_replayed'>;

export type SessionEvent = SessionOpened | SessionRevoked | RefreshTokenReplayRecorded;
