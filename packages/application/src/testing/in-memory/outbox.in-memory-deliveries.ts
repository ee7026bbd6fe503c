import { ok } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';

import type { DeliveryKey } from '../../core/delivery.ts';
import type {
  Audience,
  ClaimedDelivery,
  OutboxDeliveries,
  OutboxState,
  QuarantinedDelivery,
  QuarantineSelection,
} from '../../core/outbox-deliveries.port.ts';
import type { InMemoryStore, RecordedEvent, StoredDelivery, Tables } from './in-memory-store.ts';

export class InMemoryOutboxDeliveries implements OutboxDeliveries {
  readonly #store: InMemoryStore;

  constructor(store: InMemoryStore) {
    this.#store = store;
  }

  async shareOut(known: readonly string[], audience: Audience, limit: number, now: Instant) {
    return this.#change((tables) => {
      const fresh = [...tables.outbox.values()]
        .filter(({ event, sharedOutAt }) => sharedOutAt === null && known.includes(event.type))
        .slice(0, limit);
      for (const entry of fresh) {
        const { id: eventId, event } = entry;
        tables.outbox.set(eventId, { ...entry, sharedOutAt: now });
        for (const { type, consumer } of audience) {
          if (type !== event.type) continue;
          put(tables, { eventId, consumer, event, dueAt: now, attempts: 0, ...PENDING });
        }
      }
      return fresh.length;
    });
  }

  async claim(audience: Audience, limit: number, now: Instant, leaseEnds: Instant) {
    return this.#change((tables) => {
      const due = [...tables.deliveries.values()].filter(
        (delivery) =>
          isPending(delivery) &&
          delivery.dueAt <= now &&
          isHeard(delivery, audience) &&
          nothingEarlierIsPending(tables, delivery),
      );
      const first = due.toSorted((a, b) => a.dueAt - b.dueAt).slice(0, limit);
      return first.map((delivery): ClaimedDelivery => {
        const attempts = delivery.attempts + 1;
        put(tables, { ...delivery, attempts, dueAt: leaseEnds });
        const { eventId, consumer, event } = delivery;
        const { correlationId, actor: _, ...told } = event;
        return { eventId, consumer, event: told, correlationId, attempts };
      });
    });
  }

  async noteHandled(key: DeliveryKey, at: Instant) {
    await this.#change(({ deliveries }) => {
      const delivery = deliveries.get(nameOf(key));
      if (delivery === undefined || delivery.handledAt !== null) return;
      deliveries.set(nameOf(key), { ...delivery, handledAt: at, quarantinedAt: null });
    });
  }

  async noteFailed(key: ClaimedDelivery, lastError: string, dueAt: Instant) {
    await this.#change((tables) => {
      const failed = pendingOf(tables, key);
      if (failed === undefined) return;
      put(tables, { ...failed, lastError, dueAt });
      for (const other of tables.deliveries.values()) {
        if (!isPending(other) || !isBefore(failed, other)) continue;
        put(tables, { ...other, dueAt: Math.max(other.dueAt, dueAt) as Instant });
      }
    });
  }

  async quarantine(key: DeliveryKey, lastError: string, at: Instant) {
    await this.#change((tables) => {
      const given = pendingOf(tables, key);
      if (given !== undefined) put(tables, { ...given, lastError, quarantinedAt: at });
    });
    return true;
  }

  async quarantined(limit: number): Promise<readonly QuarantinedDelivery[]> {
    const found = [...this.#store.tables.deliveries.values()].flatMap((delivery) => {
      const { eventId, consumer, event, attempts, lastError, quarantinedAt } = delivery;
      if (quarantinedAt === null || lastError === null) return [];
      return [{ eventId, consumer, eventType: event.type, attempts, lastError, quarantinedAt }];
    });
    return found.toSorted((a, b) => b.quarantinedAt - a.quarantinedAt).slice(0, limit);
  }

  async replay({ eventId, consumer }: QuarantineSelection, now: Instant) {
    return this.#change((tables) => {
      const chosen = [...tables.deliveries.values()].filter(
        (delivery) =>
          delivery.quarantinedAt !== null &&
          (eventId === undefined || delivery.eventId === eventId) &&
          (consumer === undefined || delivery.consumer === consumer),
      );
      for (const delivery of chosen)
        put(tables, { ...delivery, quarantinedAt: null, attempts: 0, dueAt: now });
      return chosen.length;
    });
  }

  async forget(sharedOutBefore: Instant, limit: number) {
    return this.#change(({ outbox, deliveries }) => {
      const unhandled = new Set(
        [...deliveries.values()].filter(({ handledAt }) => handledAt === null).map(eventIdOf),
      );
      const old = [...outbox.values()]
        .filter(
          ({ id, sharedOutAt }) => isOlder(sharedOutAt, sharedOutBefore) && !unhandled.has(id),
        )
        .slice(0, limit);
      for (const { id } of old) outbox.delete(id);
      for (const [name, { eventId }] of deliveries)
        if (!outbox.has(eventId)) deliveries.delete(name);
      return old.length;
    });
  }

  async state(audience: Audience): Promise<OutboxState> {
    const { outbox, deliveries } = this.#store.tables;
    const types = new Set(audience.map(({ type }) => type));
    const waiting: readonly RecordedEvent[] = [
      ...[...outbox.values()].filter(({ sharedOutAt }) => sharedOutAt === null),
      ...[...deliveries.values()].filter((one) => isPending(one) && isHeard(one, audience)),
    ].map(({ event }) => event);
    const times = waiting.filter(({ type }) => types.has(type)).map(({ occurredAt }) => occurredAt);
    const isQuarantined = ({ quarantinedAt }: StoredDelivery) => quarantinedAt !== null;
    return {
      oldestPendingAt: times.length === 0 ? null : (Math.min(...times) as Instant),
      quarantined: [...deliveries.values()].filter(isQuarantined).length,
    };
  }

  async #change<T>(change: (tables: Tables) => T): Promise<T> {
    const changed = await this.#store.transact(async ({ tables }) => ok<T, never>(change(tables)));
    return changed._unsafeUnwrap();
  }
}

const PENDING = { handledAt: null, quarantinedAt: null, lastError: null };

/** Notes that the delivery was handled, if it is due; gone with the transaction when that is. */
export function takeDelivery(tables: Tables, key: DeliveryKey): boolean {
  const mine = pendingOf(tables, key);
  if (mine === undefined || !nothingEarlierIsPending(tables, mine)) return false;
  put(tables, { ...mine, handledAt: mine.dueAt });
  return true;
}

function pendingOf(tables: Tables, key: DeliveryKey): StoredDelivery | undefined {
  const found = tables.deliveries.get(nameOf(key));
  return found !== undefined && isPending(found) ? found : undefined;
}

function nothingEarlierIsPending(tables: Tables, mine: StoredDelivery): boolean {
  const isShared = [...tables.deliveries.values()].every(
    (other) => !isPending(other) || !isBefore(other, mine),
  );
  const unshared = [...tables.outbox.values()].filter(({ sharedOutAt }) => sharedOutAt === null);
  return isShared && unshared.every(({ id, event }) => !isEarlier({ eventId: id, event }, mine));
}

type Told = Pick<StoredDelivery, 'eventId' | 'event'>;

function isBefore(one: StoredDelivery, other: StoredDelivery): boolean {
  return one.consumer === other.consumer && isEarlier(one, other);
}

function isEarlier({ eventId, event }: Told, than: Told): boolean {
  const versions = event.aggregateVersion - than.event.aggregateVersion;
  return (
    event.aggregateId === than.event.aggregateId &&
    (versions < 0 || (versions === 0 && eventId < than.eventId))
  );
}

function isPending({ handledAt, quarantinedAt }: StoredDelivery): boolean {
  return handledAt === null && quarantinedAt === null;
}

function isHeard({ event, consumer }: StoredDelivery, audience: Audience): boolean {
  return audience.some((one) => one.type === event.type && one.consumer === consumer);
}

function isOlder(at: Instant | null, than: Instant): boolean {
  return at !== null && at < than;
}

function put({ deliveries }: Tables, delivery: StoredDelivery): void {
  deliveries.set(nameOf(delivery), delivery);
}

function nameOf({ eventId, consumer }: DeliveryKey): string {
  return `${eventId} ${consumer}`;
}

function eventIdOf({ eventId }: DeliveryKey): string {
  return eventId;
}
