import { describeActor } from '@kastoma/domain/core';

import { auditEntriesOf } from '../../core/acl/audit-rules.ts';
import type { ShopEvent } from '../../core/acl/shop-event.ts';
import type { InMemoryTransaction } from './in-memory-unit-of-work.ts';

/** Keeps an aggregate's pending events beside its state, and what they leave in the audit trail. */
export class InMemoryOutbox {
  readonly #transaction: InMemoryTransaction;

  constructor(transaction: InMemoryTransaction) {
    this.#transaction = transaction;
  }

  record(events: readonly ShopEvent[]): void {
    const { memory, context } = this.#transaction;
    const actor = describeActor(context.actor);
    const { correlationId } = context;
    const { events: recorded, outbox, eventIds, auditEntries } = memory.tables;
    for (const told of events) {
      const event = { ...told, correlationId, actor };
      const id = eventIds.next();
      recorded.push(event);
      outbox.set(id, { id, event, sharedOutAt: null });
    }
    auditEntries.push(...auditEntriesOf(events, context, eventIds));
  }
}
