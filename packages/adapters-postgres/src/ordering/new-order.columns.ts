import type { Order } from '@kastoma/domain/ordering';

import { toTimestamp } from '../core/timestamp.ts';
import {
  toDiscountColumns,
  toPromotionColumns,
  toShippingColumn,
  toTaxColumns,
  toUnitsColumns,
} from './frozen-price.columns.ts';

/** A new order as its row keeps it. */
export function newOrderRow({ state, version }: Order) {
  const { totals, shipping } = state;
  return {
    id: state.id,
    number: state.number,
    customer_id: state.customerId,
    cart_id: state.cartId,
    currency: state.currency,
    status: state.status.name,
    prices: state.prices,
    subtotal: totals.subtotal.minorUnits,
    discount: totals.discount.minorUnits,
    tax_relief: totals.taxRelief.minorUnits,
    shipping: totals.shipping.minorUnits,
    tax: totals.tax.minorUnits,
    total: totals.total.minorUnits,
    quote_hash: state.quoteHash,
    shipping_charge: toShippingColumn(shipping),
    promotions: toPromotionColumns(state.promotions),
    email: state.email,
    shipping_address: state.shippingAddress.toJSON(),
    billing_address: state.billingAddress.toJSON(),
    shipping_method: shipping.method,
    payment_method: state.paymentMethod,
    notes: state.notes,
    placed_at: toTimestamp(state.placedAt),
    version,
  };
}

/** Its items, in their order. */
export function newItemRows({ state }: Order) {
  return state.items.map((item, position) => ({
    id: item.id,
    order_id: state.id,
    position,
    product_id: item.productId,
    variant_id: item.variantId,
    sku: item.sku,
    name: item.name,
    unit_price: item.unitPrice.minorUnits,
    quantity: item.quantity,
    subtotal: item.subtotal.minorUnits,
    discount: item.discount.minorUnits,
    discounts: toDiscountColumns(item.discounts),
    tax_relief: item.taxRelief.minorUnits,
    tax: item.tax.minorUnits,
    taxes: toTaxColumns(item.taxes),
    total: item.total.minorUnits,
    units: toUnitsColumns(item.units),
  }));
}
