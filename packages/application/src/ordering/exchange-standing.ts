import { okAsync, type ResultAsync } from 'neverthrow';

import { defect } from '@kastoma/domain/core';
import type { OrderStatusName, Return } from '@kastoma/domain/ordering';

import type { OrderRepository } from './order-repository.port.ts';

/** How the order stands that a return names, which is held; null where it names none. Whoever asks holds the first order. */
export function exchangeStatusOf(
  orders: OrderRepository,
  { state }: Return,
): ResultAsync<OrderStatusName | null, never> {
  const { exchangeOrderId } = state;
  if (exchangeOrderId === null) return okAsync(null);
  return orders
    .hold(exchangeOrderId, null)
    .map((order): OrderStatusName => order.state.status.name)
    .orElse(() => defect(`The order ${exchangeOrderId} went out for a return and is not there.`));
}
