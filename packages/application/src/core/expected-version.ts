import { err, ok, type Result } from 'neverthrow';

/** The version that the caller saw; null when any will do, and `unstated` when the caller had to say and did not. */
export type ExpectedVersion = number | null | 'unstated';

/** What the caller saw is no longer what stands. */
export type StaleVersion = { readonly code: 'core.stale_version'; readonly currentVersion: number };

/** Two writers would hurt each other here: the caller says which version it saw. */
export type VersionRequired = {
  readonly code: 'core.version_required';
  readonly currentVersion: number;
};

export function checkVersion(
  currentVersion: number,
  expected: ExpectedVersion,
): Result<void, StaleVersion | VersionRequired> {
  if (expected === 'unstated') return err({ code: 'core.version_required', currentVersion });
  return expected === null || expected === currentVersion
    ? ok()
    : err({ code: 'core.stale_version', currentVersion });
}
