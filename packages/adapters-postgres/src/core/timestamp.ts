import type { Instant } from '@kastoma/domain/core';

/** How an instant is handed to the driver. */
export function toTimestamp(instant: Instant): Date {
  return new Date(instant);
}

export function fromTimestamp(timestamp: Date): Instant {
  return timestamp.getTime() as Instant;
}

export function timestampOrNull(instant: Instant | null): Date | null {
  return instant === null ? null : toTimestamp(instant);
}

export function instantOrNull(timestamp: Date | null): Instant | null {
  return timestamp === null ? null : fromTimestamp(timestamp);
}
