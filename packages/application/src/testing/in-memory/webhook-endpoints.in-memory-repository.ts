import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant, WebhookEndpointId } from '@kastoma/domain/core';
import { WebhookEndpoint, type WebhookEndpointNotFound } from '@kastoma/domain/notifications';

import type { Page, PageRequest } from '../../core/page.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import {
  viewWebhookEndpoint,
  type WebhookEndpointQueries,
  type WebhookEndpointView,
} from '../../notifications/webhook-endpoint-queries.port.ts';
import type { WebhookEndpointRepository } from '../../notifications/webhook-endpoint-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

const LATEST_FIRST = descending(
  byKeys<WebhookEndpointView>(
    ({ createdAt }) => createdAt,
    ({ id }) => id,
  ),
);

export class InMemoryWebhookEndpointRepository implements WebhookEndpointRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(endpoint: WebhookEndpoint): ResultAsync<void, never> {
    this.#store(endpoint);
    return okAsync();
  }

  find(id: WebhookEndpointId): ResultAsync<WebhookEndpoint, WebhookEndpointNotFound> {
    const found = this.#memory.tables.webhookEndpoints.get(id);
    return found === undefined || found.state.deletedAt !== null
      ? errAsync({ code: 'notifications.webhook_endpoint_not_found' })
      : okAsync(found);
  }

  save(endpoint: WebhookEndpoint): ResultAsync<void, ConcurrentUpdate> {
    const stands = this.#memory.tables.webhookEndpoints.get(endpoint.state.id);
    if (stands?.version !== endpoint.version - endpoint.pending.length)
      return errAsync({ code: 'core.concurrent_update' });
    this.#store(endpoint);
    return okAsync();
  }

  subscribedTo(type: string): ResultAsync<readonly WebhookEndpointId[], never> {
    const listening = [...this.#memory.tables.webhookEndpoints.values()].filter(
      ({ state: { active, eventTypes } }) =>
        active && (eventTypes === null || eventTypes.some((one) => one === type)),
    );
    return okAsync(listening.map(({ state }) => state.id));
  }

  noteAttempt(
    id: WebhookEndpointId,
    cameThrough: boolean,
    at: Instant,
  ): ResultAsync<Instant | null, never> {
    const { failingEndpoints } = this.#memory.tables;
    if (cameThrough) failingEndpoints.delete(id);
    else if (!failingEndpoints.has(id)) failingEndpoints.set(id, at);
    return okAsync(failingEndpoints.get(id) ?? null);
  }

  #store({ state, version, pending }: WebhookEndpoint): void {
    const { webhookEndpoints } = this.#memory.tables;
    webhookEndpoints.set(state.id, WebhookEndpoint.restore(state, version));
    this.#outbox.record(pending);
  }
}

export class InMemoryWebhookEndpointQueries implements WebhookEndpointQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list(page: PageRequest): Promise<Page<WebhookEndpointView>> {
    return pageOf(this.#all().toSorted(LATEST_FIRST), page);
  }

  find(id: WebhookEndpointId): ResultAsync<WebhookEndpointView, WebhookEndpointNotFound> {
    const found = this.#all().find((view) => view.id === id);
    return found === undefined
      ? errAsync({ code: 'notifications.webhook_endpoint_not_found' })
      : okAsync(found);
  }

  #all(): readonly WebhookEndpointView[] {
    const { webhookEndpoints, failingEndpoints } = this.#memory.tables;
    return [...webhookEndpoints.values()]
      .filter(({ state }) => state.deletedAt === null)
      .map((endpoint) =>
        viewWebhookEndpoint(endpoint, failingEndpoints.get(endpoint.state.id) ?? null),
      );
  }
}
