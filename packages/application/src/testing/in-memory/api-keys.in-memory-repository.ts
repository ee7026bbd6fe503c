import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { ApiKeyId, Instant } from '@kastoma/domain/core';
import { ApiKey, type ApiKeyNotFound } from '@kastoma/domain/identity';

import type { Page, PageRequest } from '../../core/page.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import {
  viewApiKey,
  type ApiKeyQueries,
  type ApiKeyView,
} from '../../identity/api-key-queries.port.ts';
import type { ApiKeyRepository } from '../../identity/api-key-repository.port.ts';
import type { ApiKeyStanding, ApiKeyStandings } from '../../identity/api-key-standings.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

const LATEST_FIRST = descending(
  byKeys<ApiKeyView>(
    ({ createdAt }) => createdAt,
    ({ id }) => id,
  ),
);

export class InMemoryApiKeyRepository implements ApiKeyRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(apiKey: ApiKey): ResultAsync<void, never> {
    this.#store(apiKey);
    return okAsync();
  }

  find(id: ApiKeyId): ResultAsync<ApiKey, ApiKeyNotFound> {
    const found = this.#memory.tables.apiKeys.get(id);
    return found === undefined ? errAsync({ code: 'identity.api_key_not_found' }) : okAsync(found);
  }

  save(apiKey: ApiKey): ResultAsync<void, ConcurrentUpdate> {
    const stands = this.#memory.tables.apiKeys.get(apiKey.state.id);
    if (stands?.version !== apiKey.version - apiKey.pending.length)
      return errAsync({ code: 'core.concurrent_update' });
    this.#store(apiKey);
    return okAsync();
  }

  #store({ state, version, pending }: ApiKey): void {
    this.#memory.tables.apiKeys.set(state.id, ApiKey.restore(state, version));
    this.#outbox.record(pending);
  }
}

export class InMemoryApiKeyQueries implements ApiKeyQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list(page: PageRequest): Promise<Page<ApiKeyView>> {
    return pageOf(this.#all().toSorted(LATEST_FIRST), page);
  }

  find(id: ApiKeyId): ResultAsync<ApiKeyView, ApiKeyNotFound> {
    const found = this.#all().find((view) => view.id === id);
    return found === undefined ? errAsync({ code: 'identity.api_key_not_found' }) : okAsync(found);
  }

  #all(): readonly ApiKeyView[] {
    const { apiKeys, apiKeyUses } = this.#memory.tables;
    return [...apiKeys.values()].map((key) =>
      viewApiKey(key, apiKeyUses.get(key.state.id) ?? null),
    );
  }
}

export class InMemoryApiKeyStandings implements ApiKeyStandings {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async find(prefix: string): Promise<ApiKeyStanding | null> {
    const { apiKeys, apiKeyUses } = this.#memory.tables;
    const found = [...apiKeys.values()].find(({ state }) => state.prefix === prefix)?.state;
    if (found === undefined || found.revokedAt !== null) return null;
    const { id, hash, scopes, expiresAt } = found;
    return { id, hash, scopes, expiresAt, lastUsedAt: apiKeyUses.get(id) ?? null };
  }

  async noteUse(id: ApiKeyId, at: Instant, unlessSince: Instant): Promise<void> {
    const { apiKeyUses } = this.#memory.tables;
    const noted = apiKeyUses.get(id);
    if (noted === undefined || noted <= unlessSince) apiKeyUses.set(id, at);
  }
}
