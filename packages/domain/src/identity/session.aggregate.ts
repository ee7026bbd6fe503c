import { err, ok, type Result } from 'neverthrow';

import type { SessionId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';

/** The hash of a refresh token's secret: the secret itself is never stored. */
export type TokenHash = string & { readonly __brand: 'TokenHash' };

export type SessionState = {
  readonly id: SessionId;
  readonly userId: UserId;
  /** Of the one refresh token that is good now. */
  readonly tokenHash: TokenHash;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
};

export type SessionEnded = { readonly code: 'identity.session_ended' };
/** A refresh token came a second time: somebody else may hold it, so the whole session is over. */
export type RefreshTokenReplayed = { readonly code: 'identity.refresh_token_replayed' };

/** One sign-in on one device: a family of refresh tokens, of which the last one is good. */
export class Session {
  readonly state: SessionState;
  /** Zero until it is first saved. */
  readonly version: number;

  private constructor(state: SessionState, version: number) {
    this.state = Object.freeze(state);
    this.version = version;
    Object.freeze(this);
  }

  static open(input: {
    id: SessionId;
    userId: UserId;
    tokenHash: TokenHash;
    at: Instant;
    expiresAt: Instant;
  }): Session {
    const { id, userId, tokenHash, at, expiresAt } = input;
    return new Session({ id, userId, tokenHash, createdAt: at, expiresAt, revokedAt: null }, 0);
  }

  /** For persistence only. */
  static restore(state: SessionState, version: number): Session {
    return new Session(state, version);
  }

  /** Spends the presented token for the next one. */
  rotate(
    presented: TokenHash,
    next: TokenHash,
    at: Instant,
  ): Result<Session, SessionEnded | RefreshTokenReplayed> {
    if (this.state.revokedAt !== null || at >= this.state.expiresAt)
      return err({ code: 'identity.session_ended' });
    return presented === this.state.tokenHash
      ? ok(new Session({ ...this.state, tokenHash: next }, this.version))
      : err({ code: 'identity.refresh_token_replayed' });
  }

  revoke(at: Instant): Session {
    return new Session({ ...this.state, revokedAt: this.state.revokedAt ?? at }, this.version);
  }
}
