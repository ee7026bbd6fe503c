import { err, ok, type Result } from 'neverthrow';

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. The domain never asks the clock; it is told. */
export type Instant = number & { readonly __brand: 'Instant' };

/** The years 0000 to 9999: RFC 3339 has four digits for a year, and no sign. */
const FIRST_MILLISECOND = -62_167_219_200_000;
const LAST_MILLISECOND = 253_402_300_799_999;

export type MalformedInstant = { readonly code: 'core.malformed_instant' };

export function instantOf(epochMilliseconds: number): Result<Instant, MalformedInstant> {
  const representable =
    Number.isInteger(epochMilliseconds) &&
    epochMilliseconds >= FIRST_MILLISECOND &&
    epochMilliseconds <= LAST_MILLISECOND;
  return representable ? ok(epochMilliseconds as Instant) : err({ code: 'core.malformed_instant' });
}

/** RFC 3339 in UTC with milliseconds: `2026-11-23T03:31:04.000Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}
