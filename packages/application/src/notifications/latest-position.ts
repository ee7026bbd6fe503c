import type { Instant } from '@kastoma/domain/core';

import type { Clock } from '../core/clock.port.ts';
import type { LogPosition, OrderEventLog } from './order-event-log.port.ts';

/** So often the log is asked whether anything has happened, however many follow it. */
export const ASKED_EVERY_MILLISECONDS = 500;

/** The last position of the log, read once for all who ask within half a second. */
export class LatestPosition {
  readonly #log: Pick<OrderEventLog, 'last'>;
  readonly #clock: Clock;
  #readAt: Instant | null = null;
  #read: Promise<LogPosition | null> = Promise.resolve(null);

  constructor(log: Pick<OrderEventLog, 'last'>, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  find(): Promise<LogPosition | null> {
    const now = this.#clock.now();
    const age = this.#readAt === null ? Infinity : now - this.#readAt;
    // A clock that was set back makes nothing recent.
    if (age < 0 || age >= ASKED_EVERY_MILLISECONDS) {
      this.#readAt = now;
      this.#read = this.#log.last();
    }
    return this.#read;
  }
}
