import type { CartItemView, CartView } from '@kastoma/application/ordering';

import { presentCoupon } from './coupon.presenter.ts';
import {
  presentPricedLine,
  presentPromotion,
  presentShipping,
  presentTotals,
} from './frozen-price.presenter.ts';

export function presentCart(cart: CartView) {
  return {
    id: cart.id,
    version: cart.version,
    currency: cart.currency,
    items: cart.items.map((item) => ({
      ...presentItem(item),
      unit_price: item.unitPrice.toJSON(),
      quantity: item.quantity,
      subtotal: item.subtotal.toJSON(),
      discount: item.discount.toJSON(),
      total: item.total.toJSON(),
      available: item.available,
    })),
    coupons: cart.coupons.map(presentCoupon),
    item_count: cart.itemCount,
    shipping_method: cart.shippingMethod,
    shipping_address: cart.shippingAddress?.toJSON() ?? null,
    estimated: cart.isEstimated,
    totals: presentTotals(cart.totals),
    quote_hash: cart.quoteHash,
  };
}

export function presentQuote(cart: CartView) {
  return {
    ...presentCart(cart),
    prices: cart.prices,
    items: cart.items.map((item) => ({
      ...presentItem(item),
      ...presentPricedLine(item),
      available: item.available,
    })),
    shipping: cart.shipping === null ? null : presentShipping(cart.shipping),
    promotions: cart.promotions.map(presentPromotion),
    rejected: cart.rejected.map(({ code, promotionId, couponCode, message }) => ({
      code,
      promotion_id: promotionId,
      coupon_code: couponCode,
      message,
    })),
    explanation: cart.explanation.map((explained) => ({
      step: explained.step,
      rule: explained.rule,
      text: explained.text,
      promotion_id: explained.promotionId,
      coupon_code: explained.couponCode,
      exact: explained.exact,
      amount: explained.amount.toJSON(),
      shares: explained.shares.map(({ lineId, amount }) => ({
        item_id: lineId,
        amount: amount.toJSON(),
      })),
    })),
  };
}

function presentItem({ id, productId, variantId, name, sku }: CartItemView) {
  return { id, product_id: productId, variant_id: variantId, name, sku };
}
