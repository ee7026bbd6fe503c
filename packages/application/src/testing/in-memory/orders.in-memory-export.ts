import type { OrderExport } from '../../ordering/order-export.port.ts';
import type { OrderFilter } from '../../ordering/order-filter.ts';
import type { OrderQueries } from '../../ordering/order-queries.port.ts';
import type { OrderView } from '../../ordering/order-view.ts';

const ORDERS_AT_ONCE = 2;

export class InMemoryOrderExport implements OrderExport {
  readonly #queries: OrderQueries;

  constructor(queries: OrderQueries) {
    this.#queries = queries;
  }

  async *read(filter: OrderFilter): AsyncGenerator<readonly OrderView[]> {
    const { items } = await this.#queries.list(null, { page: 1, pageSize: 100_000 }, filter);
    for (let start = 0; start < items.length; start += ORDERS_AT_ONCE)
      yield items.slice(start, start + ORDERS_AT_ONCE);
  }
}
