import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { OneTimeToken, OneTimeTokenRefused, TokenPurpose } from '@kastoma/domain/identity';

import type { OneTimeTokens, PresentedOneTimeToken } from '../../identity/one-time-tokens.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryOneTimeTokens implements OneTimeTokens {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  replace(token: OneTimeToken): ResultAsync<void, never> {
    this.#memory.tables.oneTimeTokens.set(placeOf(token.userId, token.purpose), token);
    return okAsync();
  }

  ownerOf({ purpose, hash, at }: PresentedOneTimeToken): ResultAsync<UserId, OneTimeTokenRefused> {
    const good = [...this.#memory.tables.oneTimeTokens.values()].find(
      (token) => token.purpose === purpose && token.hash === hash && at < token.expiresAt,
    );
    return good === undefined
      ? errAsync({ code: 'identity.one_time_token_refused' })
      : okAsync(good.userId);
  }

  use(presented: PresentedOneTimeToken): ResultAsync<UserId, OneTimeTokenRefused> {
    return this.ownerOf(presented).andTee((userId) => {
      this.#memory.tables.oneTimeTokens.delete(placeOf(userId, presented.purpose));
    });
  }

  revoke(userId: UserId, purpose: TokenPurpose): ResultAsync<void, never> {
    this.#memory.tables.oneTimeTokens.delete(placeOf(userId, purpose));
    return okAsync();
  }
}

function placeOf(userId: UserId, purpose: TokenPurpose): string {
  return `${userId} ${purpose}`;
}
