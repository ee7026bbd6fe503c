import type { Instant } from '@kastoma/domain/core';

import type { Clock } from '../../core/clock.port.ts';

/** Stands still until it is told to go on. */
export class MovingClock implements Clock {
  #now: Instant;

  constructor(start: number = Date.UTC(2026, 10, 23, 9, 30)) {
    this.#now = start as Instant;
  }

  now(): Instant {
    return this.#now;
  }

  advance(seconds: number): void {
    this.#now = (this.#now + seconds * 1000) as Instant;
  }
}
