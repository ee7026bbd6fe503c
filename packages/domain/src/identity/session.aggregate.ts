import { err, ok, type Result } from 'neverthrow';

import type { SessionId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { SessionEvent } from './session.events.ts';

/** The hash of one of a refresh token's secrets: the secret itself is never stored. */
export type TokenHash = string & { readonly __brand: 'TokenHash' };

/** A refresh token as it is checked: the secret that all tokens of its session share, and its own. */
export type PresentedToken = { readonly family: TokenHash; readonly own: TokenHash };

/** Where a session was opened, as its owner is told; empty where nobody said. */
export type SessionOrigin = {
  /** Such as "Firefox on Windows". */
  readonly device: string;
  readonly address: string;
};

const UNKNOWN_ORIGIN: SessionOrigin = { device: '', address: '' };

export type SessionState = {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly origin: SessionOrigin;
  /** The user's when it was opened, or when the session was kept while others were ended: of another one it is over. */
  readonly tokenVersion: number;
  /** Whoever knows its secret has held a token of this session, now or once. */
  readonly family: TokenHash;
  /** The tokens that are good now: successors of the one spent last; using one voids the others. */
  readonly good: readonly TokenHash[];
  /** Null until the first token is used. */
  readonly lastSpent: { readonly token: TokenHash; readonly at: Instant } | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
};

export type SessionEnded = { readonly code: 'identity.session_ended' };
/** A spent refresh token came again: somebody else may hold it, so the whole session is over. */
export type RefreshTokenReplayed = { readonly code: 'identity.refresh_token_replayed' };

/** A session ends so long after its last renewal, if the shop does not say otherwise; the first sign-in counts as one. */
export const SESSION_LIFE_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;

/** So long a spent token is taken for the retry of somebody whose answer was lost. */
export const RETRY_MILLISECONDS = 10_000;

/** Nobody retries more often in that time; it bounds what is kept. */
export const MOST_SUCCESSORS = 16;

/** One sign-in on one device: a family of refresh tokens, each good for one use. */
export class Session {
  readonly state: SessionState;
  /** Zero until it is first saved. */
  readonly version: number;
  readonly pending: readonly SessionEvent[];

  private constructor(state: SessionState, version: number, pending: readonly SessionEvent[] = []) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static open(input: {
    id: SessionId;
    userId: UserId;
    tokenVersion: number;
    first: PresentedToken;
    at: Instant;
    origin?: SessionOrigin;
    lifeMilliseconds?: number;
  }): Session {
    const { id, userId, tokenVersion, first, at, origin = UNKNOWN_ORIGIN } = input;
    const state = {
      id,
      userId,
      origin,
      tokenVersion,
      family: first.family,
      good: [first.own],
      lastSpent: null,
      createdAt: at,
      expiresAt: endOf(at, input.lifeMilliseconds),
      revokedAt: null,
    };
    return new Session(state, 0, [eventOf('identity.session_opened', state, 1, at)]);
  }

  /** For persistence only. */
  static restore(state: SessionState, version: number): Session {
    return new Session(state, version);
  }

  /** Spends the presented token for the next one; a retry gets a successor of its own. */
  rotate(
    presented: PresentedToken,
    next: TokenHash,
    at: Instant,
    lifeMilliseconds?: number,
  ): Result<Session, SessionEnded | RefreshTokenReplayed> {
    const { state } = this;
    // A secret that was never issued proves nothing: knowing a session's id must not end it.
    if (this.isOver(at) || presented.family !== state.family)
      return err({ code: 'identity.session_ended' });
    const renewed = { ...state, expiresAt: endOf(at, lifeMilliseconds) };
    if (state.good.includes(presented.own)) {
      const lastSpent = { token: presented.own, at };
      return ok(this.#with({ ...renewed, good: [next], lastSpent }));
    }
    return this.#isRetry(presented.own, at)
      ? ok(this.#with({ ...renewed, good: [...state.good, next] }))
      : err({ code: 'identity.refresh_token_replayed' });
  }

  /** Its owner ends it; one that was ended stays as it is. */
  revoke(at: Instant): Session {
    return this.state.revokedAt === null ? this.#end('identity.session_revoked', at) : this;
  }

  /** Ends the session since a spent token of it came again, and tells so. */
  revokeAfterReplay(at: Instant): Session {
    return this.#end('identity.refresh_token_replayed', at);
  }

  /** Whether nothing may be had of it any more. */
  isOver(at: Instant): boolean {
    return this.state.revokedAt !== null || at >= this.state.expiresAt;
  }

  /** When it last gave tokens. */
  get lastUsedAt(): Instant {
    return this.state.lastSpent?.at ?? this.state.createdAt;
  }

  #end(type: SessionEvent['type'], at: Instant): Session {
    const revokedAt = this.state.revokedAt ?? at;
    return this.#with(
      { ...this.state, revokedAt },
      eventOf(type, this.state, this.version + 1, at),
    );
  }

  #with(state: SessionState, ...events: readonly SessionEvent[]): Session {
    return new Session(state, this.version, [...this.pending, ...events]);
  }

  /** Only while no successor was used: whoever used one had the answer. */
  #isRetry(token: TokenHash, at: Instant): boolean {
    const { lastSpent, good } = this.state;
    return (
      lastSpent?.token === token &&
      at - lastSpent.at <= RETRY_MILLISECONDS &&
      good.length < MOST_SUCCESSORS
    );
  }
}

function endOf(renewedAt: Instant, lifeMilliseconds: number = SESSION_LIFE_MILLISECONDS): Instant {
  return (renewedAt + lifeMilliseconds) as Instant;
}

function eventOf(
  type: SessionEvent['type'],
  { id, userId }: SessionState,
  aggregateVersion: number,
  occurredAt: Instant,
): SessionEvent {
  const payload = { sessionId: id, userId };
  return { type, schemaVersion: 1, aggregateId: id, aggregateVersion, occurredAt, payload };
}
