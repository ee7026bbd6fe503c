import { okAsync, type ResultAsync } from 'neverthrow';

import type {
  AccessClaims,
  AccessTokens,
  InvalidAccessToken,
  IssuedAccessToken,
  VerifiedAccess,
} from '@kastoma/application/identity';
import type { Instant } from '@kastoma/domain/core';

/** Some 20 MB of tokens; beyond it the ones kept longest are verified anew. */
const MOST_TOKENS = 20_000;

/**
 * Verifies a signature once: it does not change, and verifying costs more than all else of a
 * small request. Only what was found good is kept, and only until it ends. Whether a token
 * was taken back is for others to ask, each time.
 */
export class CachedAccessTokens implements AccessTokens {
  readonly #tokens: AccessTokens;
  readonly #verified = new Map<string, VerifiedAccess>();

  constructor(tokens: AccessTokens) {
    this.#tokens = tokens;
  }

  issue(claims: AccessClaims, now: Instant): Promise<IssuedAccessToken> {
    return this.#tokens.issue(claims, now);
  }

  verify(token: string, now: Instant): ResultAsync<VerifiedAccess, InvalidAccessToken> {
    const known = this.#verified.get(token);
    if (known !== undefined && now < known.refusedFrom) return okAsync(known);
    this.#verified.delete(token);
    return this.#tokens.verify(token, now).map((access) => {
      this.#makeRoom();
      this.#verified.set(token, access);
      return access;
    });
  }

  #makeRoom(): void {
    for (const token of this.#verified.keys()) {
      if (this.#verified.size < MOST_TOKENS) return;
      this.#verified.delete(token);
    }
  }
}
