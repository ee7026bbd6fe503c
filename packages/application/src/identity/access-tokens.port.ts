import type { ResultAsync } from 'neverthrow';

import type { Instant, Role } from '@kastoma/domain/core';

import type { AccessReach } from './revoked-access.port.ts';

export type AccessClaims = AccessReach & { readonly role: Role };

export type VerifiedAccess = AccessClaims & {
  /** From then on the token is refused, the allowance for clocks that differ included. */
  readonly refusedFrom: Instant;
  /** Their role wants a second factor, and they have none yet. Never in the token: it changes while that runs. */
  readonly lacksSecondFactor?: true;
};

export type IssuedAccessToken = { readonly token: string; readonly expiresInSeconds: number };

/** Forged, expired, revoked, malformed or for somebody else: the caller is not told which. */
export type InvalidAccessToken = { readonly code: 'identity.invalid_access_token' };

/** Short-lived proof of who is calling. */
export interface AccessTokens {
  issue(claims: AccessClaims, now: Instant): Promise<IssuedAccessToken>;
  verify(token: string, now: Instant): ResultAsync<VerifiedAccess, InvalidAccessToken>;
}
