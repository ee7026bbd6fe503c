import type { z } from '@hono/zod-openapi';

import type { RefundOrder, RefundQueries } from '@kastoma/application/ordering';
import type { RefundRequest } from '@kastoma/domain/ordering';

import { pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { pageWithin } from '../core/pagination.ts';
import { ownerSeenBy } from './order-access.ts';
import { orderParams } from './orders.schemas.ts';
import { presentRefund, refundShownTo } from './refund.presenter.ts';
import { refundAnswer, refundOrderBody } from './refunds.schemas.ts';

export type RefundUseCases = {
  readonly refundOrder: RefundOrder;
  readonly refundQueries: RefundQueries;
};

type RefundBody = Pick<z.output<typeof refundOrderBody>, 'lines' | 'amount' | 'shipping'>;

export function refundRoutes({ refundOrder, refundQueries }: RefundUseCases): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/orders/{id}/refunds',
      tag: 'Orders',
      summary: 'Pay back what was paid for units, an amount, or shipping',
      permission: 'payments.refund',
      params: orderParams,
      body: refundOrderBody,
      idempotencyKey: 'required',
      status: 201,
      message: 'Refunded',
      messageOf: ({ status }) => MESSAGES[status],
      answer: refundAnswer,
      present: presentRefund,
      handle: ({ params, body, context }) =>
        refundOrder.execute(
          { orderId: params.id, reason: body.reason, ...toRefundRequest(body) },
          context,
        ),
    }),
    listEndpoint({
      method: 'get',
      path: '/orders/{id}/refunds',
      tag: 'Orders',
      summary: "List the refunds of one of one's orders, the oldest first; staff of anybody's",
      permission: 'orders.follow',
      alsoFor: 'orders.read_all',
      guestToken: 'order',
      params: orderParams,
      query: pageOnlyQuery,
      message: 'Refunds',
      answer: refundAnswer,
      present: presentRefund,
      handle: ({ params, query, actor, shown }) =>
        ownerSeenBy({ actor, shown }, params.id, 'orders.read_all')
          .asyncAndThen((customerId) => refundQueries.ofOrder(params.id, customerId))
          .map((refunds) => pageWithin(refunds.map(refundShownTo(actor)), query)),
    }),
  ];
}

const MESSAGES = {
  succeeded: 'Refunded',
  pending: 'Refund under way',
  failed: 'The payment provider has refused the refund: the money is still owed',
} as const;

/** What is to be paid back, as the domain reads it. */
export function toRefundRequest({ lines, amount, shipping }: RefundBody): RefundRequest {
  return {
    lines: lines?.map(({ item_id: itemId, quantity }) => ({ itemId, quantity })),
    amount: amount ?? undefined,
    shipping: shippingOf(shipping),
  };
}

function shippingOf(shipping: RefundBody['shipping']): RefundRequest['shipping'] {
  if (typeof shipping === 'boolean') return shipping ? 'all' : undefined;
  return shipping ?? undefined;
}
