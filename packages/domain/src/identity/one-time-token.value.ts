import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { TokenHash } from './session.aggregate.ts';

/** What whoever holds the token may do, once. */
export type TokenPurpose = 'email_verification' | 'password_reset';

/** A token that is sent by mail, as it is kept: an account has one for each purpose, the latest. */
export type OneTimeToken = {
  readonly purpose: TokenPurpose;
  readonly userId: UserId;
  readonly hash: TokenHash;
  readonly createdAt: Instant;
  /** From then on it is good for nothing. */
  readonly expiresAt: Instant;
};
