import type { Clock } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

export class SystemClock implements Clock {
  now(): Instant {
    return Date.now() as Instant;
  }
}
