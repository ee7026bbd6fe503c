import type { Instant, SessionId } from '@kastoma/domain/core';

import type { AccessStanding, AccessStandings } from './access-standings.port.ts';

/** No older than this is what a customer's token is held against. */
export const STALEST_STANDING_MILLISECONDS = 2_000;

/** Beyond it the ones read longest ago are forgotten. */
const MOST_STANDINGS = 20_000;

type Read = { readonly startedAt: Instant; readonly standing: Promise<AccessStanding | null> };

/** Reads a standing at most once in so long; those who ask meanwhile share the answer. */
export class RecentAccessStandings {
  readonly #standings: AccessStandings;
  readonly #reads = new Map<SessionId, Read>();

  constructor(standings: AccessStandings) {
    this.#standings = standings;
  }

  /** What stood at most so long before now. A clock that was set back makes nothing recent. */
  find(
    sessionId: SessionId,
    now: Instant,
    stalestMilliseconds: number,
  ): Promise<AccessStanding | null> {
    const last = this.#reads.get(sessionId);
    const age = last === undefined ? Number.POSITIVE_INFINITY : now - last.startedAt;
    return last !== undefined && age >= 0 && age < stalestMilliseconds
      ? last.standing
      : this.#read(sessionId, now);
  }

  #read(sessionId: SessionId, now: Instant): Promise<AccessStanding | null> {
    const standing = this.#standings.find(sessionId);
    const read = { startedAt: now, standing };
    // Put in anew, so that the map stands in the order of reading.
    this.#reads.delete(sessionId);
    this.#reads.set(sessionId, read);
    this.#makeRoom();
    // A database that was gone for a moment is asked again.
    standing.catch(() => {
      if (this.#reads.get(sessionId) === read) this.#reads.delete(sessionId);
    });
    return standing;
  }

  #makeRoom(): void {
    for (const sessionId of this.#reads.keys()) {
      if (this.#reads.size <= MOST_STANDINGS) return;
      this.#reads.delete(sessionId);
    }
  }
}
