import { ResultAsync } from 'neverthrow';

import type { OrderQueries, OrderView, PlaceOrder } from '@kastoma/application/ordering';
import { defect, formatInstant, type Actor, type UserId } from '@kastoma/domain/core';
import { isAllowed } from '@kastoma/domain/identity';

import { pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { presentPayment, shownTo } from '../payments/payment.presenter.ts';
import {
  presentPricedLine,
  presentPromotion,
  presentShipping,
  presentTotals,
} from './frozen-price.presenter.ts';
import { orderAnswer, orderParams, placeOrderBody } from './orders.schemas.ts';

export type OrderUseCases = {
  readonly placeOrder: PlaceOrder;
  readonly orderQueries: OrderQueries;
};

export function orderRoutes({ placeOrder, orderQueries }: OrderUseCases): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/orders',
      tag: 'Orders',
      summary: "Place an order from one's cart",
      permission: 'orders.own',
      body: placeOrderBody,
      idempotencyKey: 'required',
      status: 201,
      message: 'Order placed',
      answer: orderAnswer,
      present: presentOrder,
      versionOf: (order) => order.version,
      handle: ({ body, userId, context }) =>
        placeOrder.execute(
          {
            customerId: userId,
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
    listEndpoint({
      method: 'get',
      path: '/orders',
      tag: 'Orders',
      summary: "List one's orders, the latest first; staff see everybody's",
      permission: 'orders.own',
      alsoFor: 'orders.read_all',
      query: pageOnlyQuery,
      message: 'Orders',
      answer: orderAnswer,
      present: presentOrder,
      handle: ({ query, actor }) =>
        ResultAsync.fromSafePromise(
          orderQueries.list(ownerSeenBy(actor), toPageRequest(query)),
        ).map((page) => ({ ...page, items: page.items.map(shownTo(actor)) })),
    }),
    endpoint({
      method: 'get',
      path: '/orders/{id}',
      tag: 'Orders',
      summary: "Read one of one's orders; staff read anybody's",
      permission: 'orders.own',
      alsoFor: 'orders.read_all',
      params: orderParams,
      status: 200,
      message: 'Order',
      answer: orderAnswer,
      present: presentOrder,
      versionOf: (order) => order.version,
      handle: ({ params, actor }) =>
        orderQueries.find(params.id, ownerSeenBy(actor)).map(shownTo(actor)),
    }),
  ];
}

/** Null for those who may read everybody's orders. */
function ownerSeenBy(actor: Actor): UserId | null {
  if (isAllowed(actor, 'orders.read_all')) return null;
  return actor.kind === 'user' ? actor.id : defect('Nobody without an account has orders.');
}

function presentOrder(order: OrderView) {
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    payment_status: order.paymentStatus,
    fulfilment_status: order.fulfilmentStatus,
    currency: order.currency,
    prices: order.prices,
    items: order.items.map((item) => ({
      id: item.id,
      product_id: item.productId,
      variant_id: item.variantId,
      sku: item.sku,
      name: item.name,
      ...presentPricedLine(item),
    })),
    shipping: presentShipping(order.shipping),
    promotions: order.promotions.map(presentPromotion),
    totals: presentTotals(order.totals),
    email: order.email,
    shipping_address: order.shippingAddress.toJSON(),
    billing_address: order.billingAddress.toJSON(),
    shipping_method: order.shippingMethod,
    payment_method: order.paymentMethod,
    payments: order.payments.map(presentPayment),
    notes: order.notes,
    placed_at: formatInstant(order.placedAt),
    version: order.version,
  };
}
