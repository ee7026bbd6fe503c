import type { ResultAsync } from 'neverthrow';

import type { ApiKeyId } from '@kastoma/domain/core';
import type { ApiKey, ApiKeyNotFound } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface ApiKeyRepository {
  /** Stores a new key with its events. */
  add(apiKey: ApiKey): ResultAsync<void, never>;
  /** A revoked one as well. Holds it until the work is done. */
  find(id: ApiKeyId): ResultAsync<ApiKey, ApiKeyNotFound>;
  save(apiKey: ApiKey): ResultAsync<void, ConcurrentUpdate>;
}
