import type { z } from '@hono/zod-openapi';
import { ResultAsync } from 'neverthrow';

import type { Feed, Page } from '@kastoma/application/core';
import { networkOf } from '@kastoma/application/identity';
import type {
  LookUpOrder,
  OrderPlace,
  OrderQueries,
  OrderView,
  PlaceOrder,
} from '@kastoma/application/ordering';
import type { UserId } from '@kastoma/domain/core';

import { nothingAnswer } from '../core/core.schemas.ts';
import { toPart } from '../core/cursors.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { shownTo } from '../payments/payment.presenter.ts';
import { revealOrderToken, shopperOf } from './guest-answers.ts';
import { ownerSeenBy } from './order-access.ts';
import { ordersQuery, toOrderFilter } from './order-list.schemas.ts';
import { ownerFor } from './order-owner.ts';
import { presentOrder } from './order.presenter.ts';
import {
  lookUpOrderBody,
  orderAnswer,
  orderParams,
  placedOrderAnswer,
  placeOrderBody,
} from './orders.schemas.ts';

export type OrderUseCases = {
  readonly placeOrder: PlaceOrder;
  readonly lookUpOrder: LookUpOrder;
  readonly orderQueries: OrderQueries;
};

export function orderRoutes({
  placeOrder,
  lookUpOrder,
  orderQueries,
}: OrderUseCases): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/orders',
      tag: 'Orders',
      summary: "Place an order from one's cart",
      permission: 'orders.place',
      guestToken: 'cart',
      body: placeOrderBody,
      idempotencyKey: 'required',
      status: 201,
      message: 'Order placed',
      answer: placedOrderAnswer,
      present: presentOrder,
      reveal: revealOrderToken,
      versionOf: (order) => order.version,
      handle: ({ body, context, ...call }) =>
        placeOrder.execute(
          {
            ...shopperOf(call),
            email: body.email ?? null,
            shippingAddress: body.shipping_address ?? null,
            billingAddress: body.billing_address ?? null,
            shippingMethod: body.shipping_method ?? null,
            couponCodes: body.coupons ?? null,
            paymentMethod: body.payment_method,
            paymentToken: body.payment_token ?? null,
            quoteHash: body.quote_hash ?? null,
            notes: body.notes,
          },
          context,
        ),
    }),
    endpoint({
      method: 'post',
      path: '/orders/lookup',
      tag: 'Orders',
      summary: "Have a new token for a guest's order sent to its e-mail address",
      permission: 'orders.place',
      body: lookUpOrderBody,
      idempotencyKey: 'accepted',
      status: 202,
      message: 'If there is such an order, a mail is on its way',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ body, context, clientAddress }) =>
        lookUpOrder.execute({ ...body, network: networkOf(clientAddress) }, context),
    }),
    listEndpoint({
      method: 'get',
      path: '/orders',
      tag: 'Orders',
      summary: "List and filter one's orders; staff see everybody's",
      permission: 'orders.own',
      alsoFor: 'orders.read_all',
      query: ordersQuery,
      message: 'Orders',
      answer: orderAnswer,
      present: presentOrder,
      handle: ({ query, actor }) =>
        ResultAsync.fromSafePromise(
          listOrders(orderQueries, ownerFor(actor, 'orders.read_all'), query),
        ).map((page) => ({ ...page, items: page.items.map(shownTo(actor)) })),
    }),
    endpoint({
      method: 'get',
      path: '/orders/{id}',
      tag: 'Orders',
      summary: "Read one of one's orders, or a guest's by its token; staff read anybody's",
      permission: 'orders.follow',
      alsoFor: 'orders.read_all',
      guestToken: 'order',
      params: orderParams,
      status: 200,
      message: 'Order',
      answer: orderAnswer,
      present: presentOrder,
      versionOf: (order) => order.version,
      handle: ({ params, actor, shown }) =>
        ownerSeenBy({ actor, shown }, params.id, 'orders.read_all')
          .asyncAndThen((customerId) => orderQueries.find(params.id, customerId))
          .map(shownTo(actor)),
    }),
  ];
}

async function listOrders(
  orderQueries: OrderQueries,
  customerId: UserId | null,
  query: z.output<typeof ordersQuery>,
): Promise<Page<OrderView> | Feed<OrderView>> {
  const part = toPart<OrderPlace>(query);
  const filter = toOrderFilter(query);
  return 'after' in part
    ? orderQueries.feed(customerId, part, filter)
    : orderQueries.list(customerId, part, filter);
}
