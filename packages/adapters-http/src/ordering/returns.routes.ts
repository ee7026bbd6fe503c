import type {
  CancelReturn,
  ExchangeReturn,
  ReceiveReturn,
  RequestReturn,
  ReturnQueries,
  ReturnView,
} from '@kastoma/application/ordering';
import { formatInstant } from '@kastoma/domain/core';

import { pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { pageWithin } from '../core/pagination.ts';
import { ownerSeenBy } from './order-access.ts';
import { presentOrder } from './order.presenter.ts';
import { orderAnswer, orderParams } from './orders.schemas.ts';
import { toRefundRequest } from './refunds.routes.ts';
import {
  exchangeReturnBody,
  receiveReturnBody,
  requestReturnBody,
  returnAnswer,
  returnParams,
} from './returns.schemas.ts';

export type ReturnUseCases = {
  readonly requestReturn: RequestReturn;
  readonly cancelReturn: CancelReturn;
  readonly receiveReturn: ReceiveReturn;
  readonly exchangeReturn: ExchangeReturn;
  readonly returnQueries: ReturnQueries;
};

const showsReturn = {
  tag: 'Orders',
  answer: returnAnswer,
  present: presentReturn,
  versionOf: ({ version }: ReturnView) => version,
} as const;
const follows = { permission: 'orders.follow', guestToken: 'order' } as const;

export function returnRoutes(useCases: ReturnUseCases): readonly Endpoint[] {
  const { requestReturn, cancelReturn, receiveReturn, returnQueries } = useCases;
  return [
    endpoint({
      ...showsReturn,
      ...follows,
      method: 'post',
      path: '/orders/{id}/returns',
      summary: 'Announce that units which have left will come back',
      alsoFor: 'orders.manage',
      params: orderParams,
      body: requestReturnBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Return announced',
      handle: ({ params, body, actor, shown, context }) =>
        ownerSeenBy({ actor, shown }, params.id, 'orders.manage').asyncAndThen((customerId) =>
          requestReturn.execute(
            {
              orderId: params.id,
              customerId,
              lines: body.lines.map(({ item_id: itemId, quantity }) => ({ itemId, quantity })),
              reason: body.reason ?? '',
            },
            context,
          ),
        ),
    }),
    listEndpoint({
      ...follows,
      method: 'get',
      path: '/orders/{id}/returns',
      tag: 'Orders',
      summary: "List the returns of one of one's orders, the oldest first; staff of anybody's",
      alsoFor: 'orders.read_all',
      params: orderParams,
      query: pageOnlyQuery,
      message: 'Returns',
      answer: returnAnswer,
      present: presentReturn,
      handle: ({ params, query, actor, shown }) =>
        ownerSeenBy({ actor, shown }, params.id, 'orders.read_all')
          .asyncAndThen((customerId) => returnQueries.ofOrder(params.id, customerId))
          .map((returns) => pageWithin(returns, query)),
    }),
    endpoint({
      ...showsReturn,
      ...follows,
      method: 'get',
      path: '/orders/{id}/returns/{return_id}',
      summary: "Read a return of one of one's orders; staff of anybody's",
      alsoFor: 'orders.read_all',
      params: returnParams,
      status: 200,
      message: 'Return',
      handle: ({ params, actor, shown }) =>
        ownerSeenBy({ actor, shown }, params.id, 'orders.read_all').asyncAndThen((customerId) =>
          returnQueries.find(params.return_id, params.id, customerId),
        ),
    }),
    endpoint({
      ...showsReturn,
      ...follows,
      method: 'post',
      path: '/orders/{id}/returns/{return_id}/cancel',
      summary: 'Say that the units will not come after all',
      alsoFor: 'orders.manage',
      params: returnParams,
      idempotencyKey: 'accepted',
      status: 200,
      message: 'Return cancelled',
      handle: ({ params, actor, shown, context }) =>
        ownerSeenBy({ actor, shown }, params.id, 'orders.manage').asyncAndThen((customerId) =>
          cancelReturn.execute(
            { orderId: params.id, returnId: params.return_id, customerId },
            context,
          ),
        ),
    }),
    endpoint({
      ...showsReturn,
      method: 'post',
      path: '/orders/{id}/returns/{return_id}/receive',
      summary: 'Write down what came back, put it on the shelf, and pay it back',
      permission: 'payments.refund',
      params: returnParams,
      body: receiveReturnBody,
      idempotencyKey: 'required',
      status: 200,
      message: 'Return received',
      handle: ({ params, body, context }) =>
        receiveReturn.execute(
          {
            orderId: params.id,
            returnId: params.return_id,
            lines: body.lines.map(({ item_id: itemId, quantity, restock }) => ({
              itemId,
              quantity,
              restock,
            })),
            refund: body.refund ? toRefundRequest(body.refund) : null,
          },
          context,
        ),
    }),
    endpoint({
      tag: 'Orders',
      method: 'post',
      path: '/orders/{id}/returns/{return_id}/exchange',
      summary: "Send other goods out for what comes back, as an order of its own at today's prices",
      permission: 'orders.manage',
      params: returnParams,
      body: exchangeReturnBody,
      idempotencyKey: 'required',
      status: 201,
      message: 'Order placed',
      answer: orderAnswer,
      present: presentOrder,
      versionOf: ({ version }) => version,
      handle: ({ params, body, context }) =>
        useCases.exchangeReturn.execute(
          {
            orderId: params.id,
            returnId: params.return_id,
            lines: body.lines.map(({ variant_id: variantId, quantity }) => ({
              variantId,
              quantity,
            })),
            shippingMethod: body.shipping_method ?? null,
            paymentMethod: body.payment_method,
            paymentToken: body.payment_token ?? null,
          },
          context,
        ),
    }),
  ];
}

function presentReturn(view: ReturnView) {
  return {
    id: view.id,
    order_id: view.orderId,
    status: view.status,
    lines: view.lines.map(({ itemId, quantity, received, restock }) => ({
      item_id: itemId,
      quantity,
      received,
      restock,
    })),
    reason: view.reason,
    refund_id: view.refundId,
    exchange_order_id: view.exchangeOrderId,
    requested_at: formatInstant(view.requestedAt),
    ended_at: view.endedAt === null ? null : formatInstant(view.endedAt),
    version: view.version,
  };
}
