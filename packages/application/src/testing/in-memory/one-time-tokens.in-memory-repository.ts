import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant, UserId } from '@kastoma/domain/core';
import type { OneTimeToken, OneTimeTokenRefused, TokenPurpose } from '@kastoma/domain/identity';

import type { OneTimeTokens, PresentedOneTimeToken } from '../../identity/one-time-tokens.port.ts';
import type { Memory, StoredOneTimeToken } from './in-memory-store.ts';

export class InMemoryOneTimeTokens implements OneTimeTokens {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  replace(token: OneTimeToken): ResultAsync<void, never> {
    const place = placeOf(token.userId, token.purpose);
    this.#memory.tables.oneTimeTokens.set(place, { ...token, usedAt: null });
    return okAsync();
  }

  ownerOf(presented: PresentedOneTimeToken): ResultAsync<UserId, OneTimeTokenRefused> {
    return this.#good(presented).map(({ userId }) => userId);
  }

  use(presented: PresentedOneTimeToken): ResultAsync<UserId, OneTimeTokenRefused> {
    return this.#good(presented).map((token) => {
      const used = { ...token, usedAt: presented.at };
      this.#memory.tables.oneTimeTokens.set(placeOf(token.userId, token.purpose), used);
      return token.userId;
    });
  }

  revoke(userId: UserId, purpose: TokenPurpose): ResultAsync<void, never> {
    this.#memory.tables.oneTimeTokens.delete(placeOf(userId, purpose));
    return okAsync();
  }

  forgetSpent(before: Instant, limit: number): ResultAsync<number, never> {
    const { oneTimeTokens } = this.#memory.tables;
    const spent = [...oneTimeTokens]
      .filter(([, { usedAt, expiresAt }]) => Math.min(usedAt ?? expiresAt, expiresAt) < before)
      .slice(0, limit);
    for (const [place] of spent) oneTimeTokens.delete(place);
    return okAsync(spent.length);
  }

  #good({
    purpose,
    hash,
    at,
  }: PresentedOneTimeToken): ResultAsync<StoredOneTimeToken, OneTimeTokenRefused> {
    const good = [...this.#memory.tables.oneTimeTokens.values()].find(
      (token) =>
        token.purpose === purpose &&
        token.hash === hash &&
        token.usedAt === null &&
        at < token.expiresAt,
    );
    return good === undefined
      ? errAsync({ code: 'identity.one_time_token_refused' })
      : okAsync(good);
  }
}

function placeOf(userId: UserId, purpose: TokenPurpose): string {
  return `${userId} ${purpose}`;
}
