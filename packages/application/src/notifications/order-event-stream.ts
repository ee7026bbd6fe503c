import type { Instant } from '@kastoma/domain/core';

import type { Clock } from '../core/clock.port.ts';
import type { Pause } from '../core/pause.port.ts';
import { ASKED_EVERY_MILLISECONDS, type LatestPosition } from './latest-position.ts';
import {
  comparePositions,
  type LoggedEvent,
  type LogPosition,
  type OrderEventLog,
} from './order-event-log.port.ts';

/** What a follower gets: the place where it begins, events, or a sign that nothing has happened. */
export type StreamPart =
  | { readonly kind: 'position'; readonly position: LogPosition }
  | { readonly kind: 'events'; readonly events: readonly LoggedEvent[] }
  | { readonly kind: 'heartbeat' };

type Given = {
  readonly log: Pick<OrderEventLog, 'after'>;
  readonly latest: LatestPosition;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly isShuttingDown: () => boolean;
  readonly position: LogPosition;
  readonly mayGoOn: () => Promise<boolean>;
  /** Whether there is room for one more; asked when the first part is wanted. */
  readonly onBegin: () => boolean;
  readonly onEnd: () => void;
};

const READ_AT_ONCE = 100;
/** Whoever has signed out, or lost the right, hears no more after that. */
const CHECKED_EVERY_MILLISECONDS = 2_000;
/** So that nobody on the way takes the connection for a dead one. */
const HEARTBEAT_EVERY_MILLISECONDS = 15_000;

/** The events of orders as one follower reads them: as fast as it takes them, until somebody ends it. */
export class OrderEventStream implements AsyncIterableIterator<StreamPart> {
  readonly #given: Given;
  readonly #ended = new AbortController();
  #position: LogPosition;
  #hasBegun = false;
  #checkedAt: Instant;
  #toldAt: Instant;

  constructor(given: Given) {
    this.#given = given;
    this.#position = given.position;
    this.#checkedAt = given.clock.now();
    this.#toldAt = given.clock.now();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<StreamPart, undefined>> {
    const next = this.#nextPart();
    // Whatever is out of reach, the follower comes back and goes on where it was.
    next.catch(() => {
      this.#end();
    });
    return next.then((part) => {
      if (part === null) return this.return();
      this.#toldAt = this.#given.clock.now();
      return { done: false, value: part };
    });
  }

  /** Ends it, in the middle of waiting as well. */
  async return(): Promise<IteratorResult<StreamPart, undefined>> {
    this.#end();
    return { done: true, value: undefined };
  }

  #end(): void {
    this.#ended.abort();
    this.#given.onEnd();
  }

  async #nextPart(): Promise<StreamPart | null> {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return this.#given.onBegin() ? { kind: 'position', position: this.#position } : null;
    }
    while (await this.#goesOn()) {
      const events = await this.#read();
      if (events.length > 0) return { kind: 'events', events };
      if (this.#since(this.#toldAt) >= HEARTBEAT_EVERY_MILLISECONDS) return { kind: 'heartbeat' };
      await this.#given.pause.for(ASKED_EVERY_MILLISECONDS, this.#ended.signal);
    }
    return null;
  }

  async #goesOn(): Promise<boolean> {
    const { isShuttingDown, mayGoOn, clock } = this.#given;
    if (this.#ended.signal.aborted || isShuttingDown()) return false;
    if (this.#since(this.#checkedAt) < CHECKED_EVERY_MILLISECONDS) return true;
    this.#checkedAt = clock.now();
    return mayGoOn();
  }

  async #read(): Promise<readonly LoggedEvent[]> {
    const { log, latest } = this.#given;
    const last = await latest.find();
    if (last === null || comparePositions(last, this.#position) <= 0) return [];
    const events = await log.after(this.#position, READ_AT_ONCE);
    this.#position = events.at(-1)?.position ?? this.#position;
    return events;
  }

  #since(then: Instant): number {
    return this.#given.clock.now() - then;
  }
}
