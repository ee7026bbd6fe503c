import type { ResultAsync } from 'neverthrow';

import type { Instant, OrderId } from '@kastoma/domain/core';

/** Something that staff wrote down about an order; what is internal is for those who work here. */
export type OrderNote = {
  readonly id: string;
  readonly orderId: OrderId;
  readonly author: string;
  readonly text: string;
  readonly internal: boolean;
  readonly at: Instant;
};

export interface OrderNotes {
  add(note: OrderNote): ResultAsync<void, never>;
}
