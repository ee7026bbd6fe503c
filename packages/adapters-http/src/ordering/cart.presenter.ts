import type {
  CartChange,
  CartItemView,
  CartView,
  MergedCarts,
} from '@kastoma/application/ordering';
import type { CartMergeReport } from '@kastoma/domain/ordering';

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
    changes: cart.changes.map(presentChange),
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

function presentChange(change: CartChange) {
  const { code, itemId, productId, variantId } = change;
  const named = { code, item_id: itemId, product_id: productId, variant_id: variantId };
  const nothing = { from: null, to: null, wanted: null, available: null };
  switch (change.code) {
    case 'cart.price_changed': {
      const { from, to } = change;
      const message = 'The price has changed since this was put in.';
      return { ...named, message, ...nothing, from: from.toJSON(), to: to.toJSON() };
    }
    case 'cart.not_for_sale':
      return { ...named, message: 'This is no longer for sale.', ...nothing };
    case 'cart.less_available': {
      const { wanted, available } = change;
      return { ...named, message: `Only ${available} left.`, ...nothing, wanted, available };
    }
  }
}

export function presentMergedCarts({ cart, report }: MergedCarts) {
  return { ...presentCart(cart), merge: report === null ? null : presentMerge(report) };
}

export function presentMerge(report: CartMergeReport) {
  return {
    items: report.items.map(({ productId, variantId, before, after, leftOut }) => ({
      product_id: productId,
      variant_id: variantId,
      before,
      after,
      left_out: leftOut,
    })),
    coupons_added: [...report.couponsAdded],
    coupons_left_out: [...report.couponsLeftOut],
    shipping_method_changed: report.shippingMethodChanged,
    shipping_address_changed: report.shippingAddressChanged,
  };
}
