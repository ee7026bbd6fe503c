import type { ResultAsync } from 'neverthrow';

import type { ApiKeyId, Instant } from '@kastoma/domain/core';
import type { ApiKey, ApiKeyNotFound, ApiKeyState } from '@kastoma/domain/identity';

import type { Page, PageRequest } from '../core/page.ts';

/** A key as those who manage keys see it: nothing in it is secret. */
export type ApiKeyView = Omit<ApiKeyState, 'hash'> & {
  /** Null for one that was never used; exact to a minute. */
  readonly lastUsedAt: Instant | null;
  readonly version: number;
};

export interface ApiKeyQueries {
  /** Revoked and expired ones as well, the latest first. */
  list(page: PageRequest): Promise<Page<ApiKeyView>>;
  find(id: ApiKeyId): ResultAsync<ApiKeyView, ApiKeyNotFound>;
}

export function viewApiKey({ state, version }: ApiKey, lastUsedAt: Instant | null): ApiKeyView {
  const { hash: _, ...shown } = state;
  return { ...shown, lastUsedAt, version };
}
