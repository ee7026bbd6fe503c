import type { ApiKeyId, Instant } from '@kastoma/domain/core';
import type { Scope, TokenHash } from '@kastoma/domain/identity';

/** What the store says now of a key that was not revoked. */
export type ApiKeyStanding = {
  readonly id: ApiKeyId;
  readonly hash: TokenHash;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
};

export interface ApiKeyStandings {
  /** By its prefix; null where there is none, or it was revoked. */
  find(prefix: string): Promise<ApiKeyStanding | null>;
  /** Notes that it was used, unless a use is noted that is later than `unlessSince`. */
  noteUse(id: ApiKeyId, at: Instant, unlessSince: Instant): Promise<void>;
}
