import { err, ok, type Result } from 'neverthrow';

/** The version that the caller saw, or null when any will do. */
export type ExpectedVersion = number | null;

/** What the caller saw is no longer what stands. */
export type StaleVersion = { readonly code: 'core.stale_version'; readonly currentVersion: number };

export function checkVersion(
  currentVersion: number,
  expected: ExpectedVersion,
): Result<void, StaleVersion> {
  return expected === null || expected === currentVersion
    ? ok()
    : err({ code: 'core.stale_version', currentVersion });
}
