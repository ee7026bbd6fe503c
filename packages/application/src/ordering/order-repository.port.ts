import type { ResultAsync } from 'neverthrow';

import type { Instant, Money, OrderId, UserId } from '@kastoma/domain/core';
import type { Order, OrderNotFound, OrderNumber } from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

/** As much of an order as paying for it takes. */
export type PayableOrder = { readonly status: string; readonly total: Money };

export interface OrderRepository {
  /** A number that nobody else gets; a failed placement leaves a gap. */
  nextNumber(placedAt: Instant): ResultAsync<OrderNumber, never>;
  /** Stores a new order with its events; a cart becomes one order only. */
  add(order: Order): ResultAsync<void, ConcurrentUpdate>;
  /** Holds one of a customer's orders, or anybody's for null, until the transaction ends: nobody cancels what is being paid. */
  holdForPayment(id: OrderId, customerId: UserId | null): ResultAsync<PayableOrder, OrderNotFound>;
  /** An order as it stands, which nobody else changes until the transaction ends; `customerId` null holds anybody's. */
  hold(id: OrderId, customerId: UserId | null): ResultAsync<Order, OrderNotFound>;
  /** The same, of an order that nobody holds right now. */
  holdIfFree(id: OrderId): ResultAsync<Order, OrderNotFound>;
  /** Stores what became of an order that is held, with its events and its history. */
  save(order: Order): ResultAsync<void, ConcurrentUpdate>;
}
