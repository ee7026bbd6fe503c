import type { ResultAsync } from 'neverthrow';

import type { Instant, UserId } from '@kastoma/domain/core';
import type {
  OneTimeToken,
  OneTimeTokenRefused,
  TokenHash,
  TokenPurpose,
} from '@kastoma/domain/identity';

/** A token as somebody presents it. */
export type PresentedOneTimeToken = {
  readonly purpose: TokenPurpose;
  readonly hash: TokenHash;
  readonly at: Instant;
};

/** Tokens that were sent by mail: hashes only, one for each account and purpose. */
export interface OneTimeTokens {
  /** Keeps the token; an older one of the account for the same purpose is void from then on. */
  replace(token: OneTimeToken): ResultAsync<void, never>;
  /** Whose token it is, while it is good. */
  ownerOf(presented: PresentedOneTimeToken): ResultAsync<UserId, OneTimeTokenRefused>;
  /** Uses it up, and says whose it was: of several who come with it at once, one is told. */
  use(presented: PresentedOneTimeToken): ResultAsync<UserId, OneTimeTokenRefused>;
  /** Voids what the account has for the purpose, if anything. */
  revoke(userId: UserId, purpose: TokenPurpose): ResultAsync<void, never>;
  /** Deletes tokens that were used or expired before, at most `limit`; those that somebody is deleting already are left to them. Says how many. */
  forgetSpent(before: Instant, limit: number): ResultAsync<number, never>;
}
