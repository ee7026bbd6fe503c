import type { Instant } from '@kastoma/domain/core';

export interface Clock {
  now(): Instant;
}
