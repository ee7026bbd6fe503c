import { publicEventOf } from '../../notifications/acl/public-events.ts';
import {
  comparePositions,
  type LoggedEvent,
  type LogPosition,
  type OrderEventLog,
} from '../../notifications/order-event-log.port.ts';
import type { Memory } from './in-memory-store.ts';

const BEGINNING: LogPosition = {
  transaction: '1',
  eventId: '00000000-0000-0000-0000-000000000000',
};

/** Transactions run one after the other here, so that the ids of events tell their order. */
export class InMemoryOrderEventLog implements OrderEventLog {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async now(): Promise<LogPosition> {
    const ids = [...this.#memory.tables.outbox.keys()].toSorted();
    return { ...BEGINNING, eventId: ids.at(-1) ?? BEGINNING.eventId };
  }

  async last(): Promise<LogPosition | null> {
    return this.#all().at(-1)?.position ?? null;
  }

  async after(position: LogPosition, limit: number): Promise<readonly LoggedEvent[]> {
    return this.#all()
      .filter((one) => comparePositions(one.position, position) > 0)
      .slice(0, limit);
  }

  #all(): readonly LoggedEvent[] {
    return [...this.#memory.tables.outbox.values()]
      .flatMap(({ id, event }) => {
        const told = publicEventOf(event, id, event.correlationId);
        return told === null ? [] : [{ position: { ...BEGINNING, eventId: id }, event: told }];
      })
      .toSorted((a, b) => comparePositions(a.position, b.position));
  }
}
