import { okAsync, type ResultAsync } from 'neverthrow';

import type { OrderId } from '@kastoma/domain/core';
import type { Order, OrderNotFound } from '@kastoma/domain/ordering';

import type { Page, PageRequest } from '../../core/page.ts';
import type { OrderNote, OrderNotes } from '../../ordering/order-notes.port.ts';
import {
  nameFor,
  type OrderHistoryView,
  type OrderReader,
  type OrderRecords,
} from '../../ordering/order-records.port.ts';
import { byKeys, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';
import { InMemoryOrderQueries } from './orders.in-memory-queries.ts';

export class InMemoryOrderNotes implements OrderNotes {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  add(note: OrderNote): ResultAsync<void, never> {
    this.#memory.tables.orderNotes.push(note);
    return okAsync();
  }
}

export class InMemoryOrderRecords implements OrderRecords {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  history(
    id: OrderId,
    reader: OrderReader,
    page: PageRequest,
  ): ResultAsync<Page<OrderHistoryView>, OrderNotFound> {
    return this.#requireOrder(id, reader).map(() => {
      const order = this.#memory.tables.orders.get(id);
      const changes = this.#memory.tables.orderHistory
        .filter(({ orderId }) => orderId === id)
        .map(({ orderId: _, ...entry }) => ({ ...entry, reason: reasonOf(order, entry.type) }));
      const all = order === undefined ? [] : [placementOf(order), ...changes];
      return pageOf(
        all.map((entry) => ({ ...entry, actor: nameFor(reader, entry.actor) })),
        page,
      );
    });
  }

  notes(
    id: OrderId,
    reader: OrderReader,
    page: PageRequest,
  ): ResultAsync<Page<OrderNote>, OrderNotFound> {
    return this.#requireOrder(id, reader).map(() => {
      const shown = this.#memory.tables.orderNotes
        .filter(({ orderId, internal }) => orderId === id && (reader.isStaff || !internal))
        .toSorted(
          byKeys(
            ({ at }) => at,
            (note) => note.id,
          ),
        )
        .map((note) => ({ ...note, author: nameFor(reader, note.author) }));
      return pageOf(shown, page);
    });
  }

  #requireOrder(id: OrderId, { customerId }: OrderReader) {
    return new InMemoryOrderQueries(this.#memory).find(id, customerId);
  }
}

function placementOf({ state }: Order): OrderHistoryView {
  const actor = state.customerId === null ? 'guest' : `user:${state.customerId}`;
  const type = 'ordering.order_placed';
  return { version: 1, type, actor, at: state.placedAt, reason: null, detail: {} };
}

function reasonOf(order: Order | undefined, type: string): string | null {
  const status = order?.state.status;
  return type === 'ordering.order_cancelled' && status?.name === 'cancelled' ? status.reason : null;
}
