import type { ResultAsync } from 'neverthrow';

import type { OrderId } from '@kastoma/domain/core';
import type { OrderLookupRequested } from '@kastoma/domain/ordering';

/** Finds guests' orders by what is on their mails, for nobody to see: what is found is written to its own address. */
export interface OrderLookups {
  /** A guest's order of that number and address; null where there is none. */
  find(number: string, email: string): ResultAsync<OrderId | null, never>;
  /** Notes that somebody has asked; the mail is written and sent later, where nobody waits for it. */
  add(request: OrderLookupRequested): ResultAsync<void, never>;
}
