import type { OrderFilter } from './order-filter.ts';
import type { OrderView } from './order-view.ts';

export interface OrderExport {
  /** Some at a time, as they stood when the reading began; no more are read than are taken. */
  read(filter: OrderFilter): AsyncIterable<readonly OrderView[]>;
}
