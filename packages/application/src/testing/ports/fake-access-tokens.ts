import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';

import type {
  AccessClaims,
  AccessTokens,
  InvalidAccessToken,
  IssuedAccessToken,
} from '../../identity/access-tokens.port.ts';

const GOOD_FOR_SECONDS = 900;

/** Knows the tokens that it issued; they say nothing. */
export class FakeAccessTokens implements AccessTokens {
  readonly #issued = new Map<string, AccessClaims & { readonly expiresAt: number }>();

  async issue(claims: AccessClaims, now: Instant): Promise<IssuedAccessToken> {
    const token = `access-${this.#issued.size + 1}`;
    this.#issued.set(token, { ...claims, expiresAt: now + GOOD_FOR_SECONDS * 1000 });
    return { token, expiresInSeconds: GOOD_FOR_SECONDS };
  }

  verify(token: string, now: Instant): ResultAsync<AccessClaims, InvalidAccessToken> {
    const issued = this.#issued.get(token);
    if (issued === undefined || issued.expiresAt <= now)
      return errAsync({ code: 'identity.invalid_access_token' });
    return okAsync({ userId: issued.userId, role: issued.role });
  }
}
