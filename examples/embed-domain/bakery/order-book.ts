import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { OrderId } from '@kastoma/domain/core';
import { parseOrder, type Order } from '@kastoma/domain/ordering';

import { must } from './must.ts';

/** One file an order: a page of our own around what the domain reads back. */
type Page = {
  readonly bakery: 'Corner';
  readonly events: readonly string[];
  readonly order: unknown;
};

export class OrderBook {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  write(order: Order): void {
    const events = order.pending.map(({ type }) => type);
    const page: Page = { bakery: 'Corner', events, order };
    writeFileSync(this.#fileOf(order.state.id), JSON.stringify(page, null, 2));
  }

  read(id: OrderId): Order {
    const page = JSON.parse(readFileSync(this.#fileOf(id), 'utf8')) as Page;
    return must(parseOrder(page.order));
  }

  #fileOf(id: OrderId): string {
    return join(this.#folder, `${id}.json`);
  }
}
