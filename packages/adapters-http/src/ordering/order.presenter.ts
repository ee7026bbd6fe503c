import type { FulfilledOrder, OrderView } from '@kastoma/application/ordering';
import { formatInstant } from '@kastoma/domain/core';
import type { Fulfilment } from '@kastoma/domain/ordering';

import { presentPayment } from '../payments/payment.presenter.ts';
import {
  presentPricedLine,
  presentPromotion,
  presentShipping,
  presentTotals,
} from './frozen-price.presenter.ts';
import { presentOrderRefund } from './refund.presenter.ts';

/** An order as it goes out. */
export function presentOrder(order: OrderView) {
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    cancel_reason: order.cancelReason,
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
    fulfilments: order.fulfilments.map(presentFulfilment),
    refunds: order.refunds.map(presentOrderRefund),
    notes: order.notes,
    placed_at: formatInstant(order.placedAt),
    version: order.version,
  };
}

function presentFulfilment({ id, lines, carrier, trackingNumber, at }: Fulfilment) {
  return {
    id,
    lines: lines.map(({ itemId, quantity }) => ({ item_id: itemId, quantity })),
    carrier,
    tracking_number: trackingNumber,
    shipped_at: formatInstant(at),
  };
}

/** A parcel that has left, with how its order stands now. */
export function presentFulfilledOrder({ fulfilment, order }: FulfilledOrder) {
  return {
    ...presentFulfilment(fulfilment),
    order: {
      id: order.id,
      number: order.number,
      status: order.status,
      fulfilment_status: order.fulfilmentStatus,
      version: order.version,
    },
  };
}
