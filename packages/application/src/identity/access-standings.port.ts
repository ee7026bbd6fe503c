import type { Role, SessionId, UserId } from '@kastoma/domain/core';

/** What the store says now of a session and its person: the truth that tokens are held against. */
export type AccessStanding = {
  readonly userId: UserId;
  readonly role: Role;
  /** Access tokens of another version are void. */
  readonly tokenVersion: number;
  readonly hasSecondFactor: boolean;
};

export interface AccessStandings {
  /** Null where the session was ended, or its person is gone. */
  find(sessionId: SessionId): Promise<AccessStanding | null>;
}
