import type { Instant, SessionId } from '@kastoma/domain/core';

import type { AccessStanding } from './access-standings.port.ts';

/** No older than this is what a customer's token or a service's key is held against. */
export const STALEST_STANDING_MILLISECONDS = 2_000;

/** Beyond it the ones read longest ago are forgotten. */
const MOST_STANDINGS = 20_000;

type Read<Standing> = { readonly startedAt: Instant; readonly standing: Promise<Standing | null> };
type Standings<Name, Standing> = { find(name: Name): Promise<Standing | null> };

/** Reads a standing at most once in so long; those who ask meanwhile share the answer. */
export class RecentAccessStandings<Name extends string = SessionId, Standing = AccessStanding> {
  readonly #standings: Standings<Name, Standing>;
  readonly #reads = new Map<Name, Read<Standing>>();

  constructor(standings: Standings<Name, Standing>) {
    this.#standings = standings;
  }

  /** What stood at most so long before now. A clock that was set back makes nothing recent. */
  find(
    name: Name,
    now: Instant,
    stalestMilliseconds: number,
    read = async () => this.#standings.find(name),
  ): Promise<Standing | null> {
    const last = this.#reads.get(name);
    const age = last === undefined ? Number.POSITIVE_INFINITY : now - last.startedAt;
    return last !== undefined && age >= 0 && age < stalestMilliseconds
      ? last.standing
      : this.#read(name, now, read);
  }

  /** What was read of it is not believed any more; a read that is under way goes to those who asked for it. */
  forget(name: Name): void {
    this.#reads.delete(name);
  }

  #read(name: Name, now: Instant, ask: () => Promise<Standing | null>): Promise<Standing | null> {
    const standing = ask();
    const read = { startedAt: now, standing };
    // Put in anew, so that the map stands in the order of reading.
    this.#reads.delete(name);
    this.#reads.set(name, read);
    this.#makeRoom();
    // A database that was gone for a moment is asked again.
    standing.catch(() => {
      if (this.#reads.get(name) === read) this.#reads.delete(name);
    });
    return standing;
  }

  #makeRoom(): void {
    for (const name of this.#reads.keys()) {
      if (this.#reads.size <= MOST_STANDINGS) return;
      this.#reads.delete(name);
    }
  }
}
