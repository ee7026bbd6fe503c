import type { ResultAsync } from 'neverthrow';

import type { Instant, OrderId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import type { Page, PageRequest } from '../core/page.ts';
import type { HistoryDetail } from './order-history.ts';
import type { OrderNote } from './order-notes.port.ts';

/** Who reads, and whose order it has to be: null where it may be anybody's. */
export type OrderReader = {
  readonly customerId: UserId | null;
  /** For others what is internal is not there, and whoever works here has no name. */
  readonly isStaff: boolean;
};

/** A change of an order as it is shown. */
export type OrderHistoryView = {
  readonly version: number;
  readonly type: string;
  readonly actor: string;
  readonly at: Instant;
  /** In the words of whoever cancelled; null of other changes. */
  readonly reason: string | null;
  readonly detail: HistoryDetail;
};

/** What is kept beside an order. */
export interface OrderRecords {
  /** The oldest change first: that it was placed. */
  history(
    id: OrderId,
    reader: OrderReader,
    page: PageRequest,
  ): ResultAsync<Page<OrderHistoryView>, OrderNotFound>;
  /** The oldest first. */
  notes(
    id: OrderId,
    reader: OrderReader,
    page: PageRequest,
  ): ResultAsync<Page<OrderNote>, OrderNotFound>;
}

const NAMED_FOR_ALL: readonly string[] = ['guest', 'system'];

/** Who did something, as the reader may know it. */
export function nameFor({ customerId, isStaff }: OrderReader, actor: string): string {
  const isKnown = isStaff || NAMED_FOR_ALL.includes(actor) || actor === `user:${customerId}`;
  return isKnown ? actor : 'shop';
}
