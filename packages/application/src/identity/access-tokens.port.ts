import type { ResultAsync } from 'neverthrow';

import type { Instant, Role, UserId } from '@kastoma/domain/core';

export type AccessClaims = { readonly userId: UserId; readonly role: Role };

export type IssuedAccessToken = { readonly token: string; readonly expiresInSeconds: number };

/** Forged, expired, malformed or for somebody else: the caller is not told which. */
export type InvalidAccessToken = { readonly code: 'identity.invalid_access_token' };

/** Short-lived proof of who is calling. */
export interface AccessTokens {
  issue(claims: AccessClaims, now: Instant): Promise<IssuedAccessToken>;
  verify(token: string, now: Instant): ResultAsync<AccessClaims, InvalidAccessToken>;
}
