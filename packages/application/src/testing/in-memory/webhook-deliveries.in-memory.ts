import { errAsync, ok, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant, WebhookDeliveryId, WebhookEndpointId } from '@kastoma/domain/core';
import type { WebhookDeliveryNotFound } from '@kastoma/domain/notifications';

import { feedOf, type Feed, type FeedRequest } from '../../core/page.ts';
import type {
  NewWebhookDelivery,
  WebhookAttempt,
  WebhookDeliveries,
  WebhookDeliveryFate,
  WebhookDeliveryView,
} from '../../notifications/webhook-deliveries.port.ts';
import {
  webhookDeliveryPlaceOf,
  type WebhookDeliveryFilter,
  type WebhookDeliveryPlace,
  type WebhookDeliveryQueries,
} from '../../notifications/webhook-delivery-queries.port.ts';
import type {
  ClaimedWebhookDelivery,
  WebhookClaim,
  WebhookDeliveryQueue,
} from '../../notifications/webhook-delivery-queue.port.ts';
import { byKeys, descending } from './in-memory-page.ts';
import type { InMemoryStore, Memory, StoredWebhookDelivery, Tables } from './in-memory-store.ts';

export class InMemoryWebhookDeliveries implements WebhookDeliveries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  add(deliveries: readonly NewWebhookDelivery[]): ResultAsync<void, never> {
    const { webhookDeliveries } = this.#memory.tables;
    for (const delivery of deliveries) {
      const isKnown = [...webhookDeliveries.values()].some(
        (known) =>
          known.endpointId === delivery.endpointId && known.messageId === delivery.messageId,
      );
      if (isKnown) continue;
      const { id, createdAt: dueAt } = delivery;
      const standing = { status: 'pending', attempts: 0, dueAt, lastAttempt: null } as const;
      webhookDeliveries.set(id, { ...delivery, ...standing, claimedUntil: null });
    }
    return okAsync();
  }

  replay(
    endpointId: WebhookEndpointId,
    id: WebhookDeliveryId,
    now: Instant,
  ): ResultAsync<WebhookDeliveryView, WebhookDeliveryNotFound> {
    const { webhookDeliveries } = this.#memory.tables;
    const found = webhookDeliveries.get(id);
    if (found?.endpointId !== endpointId)
      return errAsync({ code: 'notifications.webhook_delivery_not_found' });
    const attempts = found.status === 'pending' ? found.attempts : 0;
    const replayed = { ...found, status: 'pending', attempts, dueAt: now } as const;
    webhookDeliveries.set(id, replayed);
    return okAsync(viewOf(replayed));
  }

  settle(
    { id, attempts }: { readonly id: WebhookDeliveryId; readonly attempts: number },
    lastAttempt: WebhookAttempt,
    fate: WebhookDeliveryFate,
  ): ResultAsync<boolean, never> {
    const { webhookDeliveries } = this.#memory.tables;
    const found = webhookDeliveries.get(id);
    if (found?.status !== 'pending' || found.attempts !== attempts) return okAsync(false);
    const dueAt = fate.status === 'pending' ? fate.dueAt : null;
    const { status } = fate;
    webhookDeliveries.set(id, { ...found, status, dueAt, lastAttempt, claimedUntil: null });
    return okAsync(true);
  }
}

export class InMemoryWebhookDeliveryQueue implements WebhookDeliveryQueue, WebhookDeliveryQueries {
  readonly #store: InMemoryStore;

  constructor(store: InMemoryStore) {
    this.#store = store;
  }

  async claim({
    limit,
    atMostForEach,
    exceptEndpoints,
    now,
    leaseEnds,
  }: WebhookClaim): Promise<readonly ClaimedWebhookDelivery[]> {
    return this.#change(({ webhookDeliveries, webhookEndpoints }) => {
      const due = [...webhookDeliveries.values()]
        .filter(
          ({ status, dueAt, claimedUntil, endpointId }) =>
            status === 'pending' &&
            (dueAt ?? Infinity) <= now &&
            (claimedUntil ?? 0) <= now &&
            !exceptEndpoints.includes(endpointId) &&
            webhookEndpoints.get(endpointId)?.state.active === true,
        )
        .toSorted(
          byKeys(
            ({ dueAt }) => Number(dueAt),
            ({ id }) => id,
          ),
        );
      const taken: Record<string, number> = {};
      const claimed = due.filter(({ endpointId }) => {
        taken[endpointId] = (taken[endpointId] ?? 0) + 1;
        return (taken[endpointId] ?? 0) <= atMostForEach;
      });
      return claimed.slice(0, limit).flatMap((delivery) => {
        const attempts = delivery.attempts + 1;
        webhookDeliveries.set(delivery.id, { ...delivery, attempts, claimedUntil: leaseEnds });
        const state = webhookEndpoints.get(delivery.endpointId)?.state;
        if (state === undefined) return [];
        const { url, secret, previousSecret } = state;
        return [{ ...newOf(delivery), url, secret, previousSecret, attempts }];
      });
    });
  }

  async firstDueAt(): Promise<Instant | null> {
    const { webhookDeliveries, webhookEndpoints } = this.#store.tables;
    const waiting = [...webhookDeliveries.values()].flatMap(({ endpointId, dueAt }) =>
      dueAt !== null && webhookEndpoints.get(endpointId)?.state.active === true ? [dueAt] : [],
    );
    return waiting.toSorted((one, other) => one - other)[0] ?? null;
  }

  async forget(createdBefore: Instant, limit: number): Promise<number> {
    return this.#change(({ webhookDeliveries }) => {
      const old = [...webhookDeliveries.values()]
        .filter(({ createdAt }) => createdAt < createdBefore)
        .slice(0, limit);
      for (const { id } of old) webhookDeliveries.delete(id);
      return old.length;
    });
  }

  async list(
    { endpointId, status, eventType }: WebhookDeliveryFilter,
    { after, pageSize }: FeedRequest<WebhookDeliveryPlace>,
  ): Promise<Feed<WebhookDeliveryView, WebhookDeliveryPlace>> {
    const newestFirst = descending(
      byKeys<WebhookDeliveryView>(
        ({ createdAt }) => createdAt,
        ({ id }) => id,
      ),
    );
    const found = [...this.#store.tables.webhookDeliveries.values()]
      .filter((delivery) => delivery.endpointId === endpointId)
      .filter((delivery) => status === null || delivery.status === status)
      .filter((delivery) => eventType === null || delivery.eventType === eventType)
      .filter((delivery) => after === null || isBehind(delivery, after))
      .map(viewOf)
      .toSorted(newestFirst);
    return feedOf(found, pageSize, webhookDeliveryPlaceOf);
  }

  async #change<T>(change: (tables: Tables) => T): Promise<T> {
    const changed = await this.#store.transact(async ({ tables }) => ok<T, never>(change(tables)));
    return changed._unsafeUnwrap();
  }
}

function isBehind(
  { createdAt, id }: WebhookDeliveryView,
  { keys: [time, lastId] }: WebhookDeliveryPlace,
): boolean {
  return createdAt < time || (createdAt === time && id < lastId);
}

function newOf(delivery: StoredWebhookDelivery): NewWebhookDelivery {
  const { id, endpointId, messageId, eventType, correlationId, body, createdAt } = delivery;
  return { id, endpointId, messageId, eventType, correlationId, body, createdAt };
}

function viewOf({ body: _, claimedUntil: _claim, ...view }: StoredWebhookDelivery) {
  return view satisfies WebhookDeliveryView;
}
