import type { DomainEvent } from '../core/domain-event.ts';

/** A spent refresh token came again: the session was ended, since somebody else may hold it. */
export type RefreshTokenReplayRecorded = DomainEvent<
  'identity.refresh_token_replayed',
  { readonly sessionId: string; readonly userId: string }
>;

export type SessionEvent = RefreshTokenReplayRecorded;
