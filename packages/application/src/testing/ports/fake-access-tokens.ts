import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';

import type {
  AccessClaims,
  AccessTokens,
  InvalidAccessToken,
  IssuedAccessToken,
  VerifiedAccess,
} from '../../identity/access-tokens.port.ts';

const GOOD_FOR_SECONDS = 900;

/** Knows the tokens that it issued; they say nothing. */
export class FakeAccessTokens implements AccessTokens {
  readonly #issued = new Map<string, VerifiedAccess>();

  async issue(claims: AccessClaims, now: Instant): Promise<IssuedAccessToken> {
    const token = `access-${this.#issued.size + 1}`;
    const refusedFrom = (now + GOOD_FOR_SECONDS * 1000) as Instant;
    this.#issued.set(token, { ...claims, refusedFrom });
    return { token, expiresInSeconds: GOOD_FOR_SECONDS };
  }

  verify(token: string, now: Instant): ResultAsync<VerifiedAccess, InvalidAccessToken> {
    const issued = this.#issued.get(token);
    return issued === undefined || issued.refusedFrom <= now
      ? errAsync({ code: 'identity.invalid_access_token' })
      : okAsync(issued);
  }
}
