/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. The domain never asks the clock; it is told. */
export type Instant = number & { readonly __brand: 'Instant' };

/** RFC 3339 in UTC with milliseconds: `2026-11-23T03:31:04.000Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}
