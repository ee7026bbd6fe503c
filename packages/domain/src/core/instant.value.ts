import { err, ok, type Result } from 'neverthrow';

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. The domain never asks the clock; it is told. */
export type Instant = number & { readonly __brand: 'Instant' };

/** RFC 3339 in UTC with milliseconds: `2026-11-23T03:31:04.000Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

export type MalformedInstant = { readonly code: 'core.malformed_instant' };

const RFC_3339_IN_UTC = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,3})?Z$/;
const FIRST_OF_YEAR_0 = -62_167_219_200_000;
const LAST_OF_YEAR_9999 = 253_402_300_799_999;

/** Whether RFC 3339 can write it: whole milliseconds in the years 0000 to 9999. */
export function isInstant(milliseconds: number): milliseconds is Instant {
  return (
    Number.isInteger(milliseconds) &&
    milliseconds >= FIRST_OF_YEAR_0 &&
    milliseconds <= LAST_OF_YEAR_9999
  );
}

/**
 * Reads RFC 3339 in UTC, as it is written here: upper-case `T` and `Z`, up to three digits of a second.
 * Days and hours that do not exist are refused, and so are leap seconds.
 */
export function parseInstant(text: string): Result<Instant, MalformedInstant> {
  const instant = RFC_3339_IN_UTC.test(text) ? Date.parse(text) : Number.NaN;
  return isInstant(instant) && formatInstant(instant).startsWith(text.slice(0, 19))
    ? ok(instant)
    : err({ code: 'core.malformed_instant' });
}
