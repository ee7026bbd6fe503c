const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds between one attempt and the next, as the specification of Standard Webhooks gives them as an example: three days in all. */
export const WEBHOOK_PAUSES: readonly number[] = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** The first, and one after each pause. */
export const MOST_WEBHOOK_ATTEMPTS = WEBHOOK_PAUSES.length + 1;

/** Nobody has the shop wait for longer than that. */
const LONGEST_WISH_SECONDS = 24 * HOUR;

/**
 * For how long to wait after so many attempts, or null when there is no further one. Whoever was
 * asked may wish for more time (`Retry-After`), and gets it within bounds.
 */
export function pauseAfter(attempts: number, wishedSeconds: number | null): number | null {
  const pause = WEBHOOK_PAUSES[attempts - 1];
  if (pause === undefined) return null;
  return Math.max(pause, Math.min(wishedSeconds ?? 0, LONGEST_WISH_SECONDS));
}
