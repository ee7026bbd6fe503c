import type {
  OrderExport,
  OrderFilter,
  OrderPlace,
  OrderView,
} from '@kastoma/application/ordering';

import type { Database } from '../core/database.ts';
import { PostgresOrderQueries } from './orders.read-view.ts';

const ORDERS_AT_ONCE = 200;

/**
 * Reads orders in one transaction that sees what stood when it began. Each part is read when the one before it was
 * taken; who takes none for a minute loses the connection, which the database then ends.
 */
export class PostgresOrderExport implements OrderExport {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async *read(filter: OrderFilter): AsyncGenerator<readonly OrderView[]> {
    const connection = await this.#database.reserve();
    try {
      await connection`begin isolation level repeatable read read only`;
      const orders = new PostgresOrderQueries(connection);
      let after: OrderPlace | null = null;
      do {
        const part = await orders.feed(null, { after, pageSize: ORDERS_AT_ONCE }, filter);
        if (part.items.length > 0) yield part.items;
        after = part.next;
      } while (after !== null);
      await connection`commit`;
    } finally {
      await connection`rollback`.catch(() => undefined);
      connection.release();
    }
  }
}
