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
    memory.tables.events.push(...events.map((event) => ({ ...event, correlationId, actor })));
  }
}
