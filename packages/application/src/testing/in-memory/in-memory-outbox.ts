import { describeActor, type DomainEvent } from '@kastoma/domain/core';

import type { InMemoryTransaction } from './in-memory-unit-of-work.ts';

/** Keeps an aggregate's pending events beside its state. */
export class InMemoryOutbox {
  readonly #transaction: InMemoryTransaction;

  constructor(transaction: InMemoryTransaction) {
    this.#transaction = transaction;
  }

  record(events: readonly DomainEvent[]): void {
    const { memory, context } = this.#transaction;
    const actor = describeActor(context.actor);
    const { correlationId } = context;
    const { events: recorded, outbox, eventIds } = memory.tables;
    for (const told of events) {
      const event = { ...told, correlationId, actor };
      const id = eventIds.next();
      recorded.push(event);
      outbox.set(id, { id, event, sharedOutAt: null });
    }
  }
}
