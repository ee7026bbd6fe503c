import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { Clock } from '../core/clock.port.ts';
import type { Pause } from '../core/pause.port.ts';
import { LatestPosition } from './latest-position.ts';
import {
  comparePositions,
  readPosition,
  type LogPosition,
  type OrderEventLog,
} from './order-event-log.port.ts';
import { OrderEventStream } from './order-event-stream.ts';

/** It is no place that this shop's stream has named. */
export type UnknownStreamPosition = { readonly code: 'notifications.unknown_stream_position' };
export type TooManyStreams = {
  readonly code: 'notifications.too_many_streams';
  readonly retryAfterSeconds: number;
};

export type FollowOrderEventsQuery = {
  /** What was seen last, as the stream named it; null for what happens from now on. */
  readonly lastEventId: string | null;
  /** Whether who follows may do so still. */
  readonly mayGoOn: () => Promise<boolean>;
};

type Dependencies = {
  readonly log: OrderEventLog;
  readonly clock: Clock;
  readonly pause: Pause;
  /** Whether this process is about to end: a stream does not hold it up. */
  readonly isShuttingDown: () => boolean;
};

/** Of one process: each holds a connection, and reads when something has happened. */
export const MOST_STREAMS = 50;
const RETRY_AFTER_SECONDS = 10;

/** Tells of the events of orders while they happen, beginning behind the one that was seen last. */
export class FollowOrderEvents {
  readonly #dependencies: Dependencies;
  readonly #latest: LatestPosition;
  readonly #open = new Set<OrderEventStream>();

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#latest = new LatestPosition(dependencies.log, dependencies.clock);
  }

  execute(
    query: FollowOrderEventsQuery,
  ): ResultAsync<OrderEventStream, UnknownStreamPosition | TooManyStreams> {
    return new ResultAsync(this.#follow(query));
  }

  async #follow({
    lastEventId,
    mayGoOn,
  }: FollowOrderEventsQuery): Promise<
    Result<OrderEventStream, UnknownStreamPosition | TooManyStreams>
  > {
    const { log } = this.#dependencies;
    const now = await log.now();
    const position = lastEventId === null ? now : readPosition(lastEventId);
    if (position === null || isAhead(position, now))
      return err({ code: 'notifications.unknown_stream_position' });
    if (!this.#hasRoom) {
      return err({
        code: 'notifications.too_many_streams',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    const stream = new OrderEventStream({
      ...this.#dependencies,
      latest: this.#latest,
      position,
      mayGoOn,
      // One that nobody reads in the end takes no place, and several may have found the last one free.
      onBegin: () => {
        const hasRoom = this.#hasRoom;
        if (hasRoom) this.#open.add(stream);
        return hasRoom;
      },
      onEnd: () => this.#open.delete(stream),
    });
    return ok(stream);
  }

  get #hasRoom(): boolean {
    return this.#open.size < MOST_STREAMS;
  }
}

/** A database that was restored elsewhere counts its transactions anew: what was named before it means nothing. */
function isAhead(position: LogPosition, now: LogPosition): boolean {
  return comparePositions(position, now) > 0;
}
