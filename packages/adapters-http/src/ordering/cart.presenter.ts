import type { CartView } from '@kastoma/application/ordering';
import type { OrderTotals } from '@kastoma/domain/ordering';

export function presentTotals({ subtotal, discount, shipping, tax, total }: OrderTotals) {
  return {
    subtotal: subtotal.toJSON(),
    discount: discount.toJSON(),
    shipping: shipping.toJSON(),
    tax: tax.toJSON(),
    total: total.toJSON(),
  };
}

export function presentCart(cart: CartView) {
  return {
    id: cart.id,
    version: cart.version,
    currency: cart.currency,
    items: cart.items.map((item) => ({
      id: item.id,
      product_id: item.productId,
      variant_id: item.variantId,
      name: item.name,
      sku: item.sku,
      unit_price: item.unitPrice.toJSON(),
      quantity: item.quantity,
      subtotal: item.subtotal.toJSON(),
      discount: item.discount.toJSON(),
      total: item.total.toJSON(),
      available: item.available,
    })),
    coupons: [],
    item_count: cart.itemCount,
    shipping_method: cart.shippingMethod,
    estimated: cart.shippingIsEstimated,
    totals: presentTotals(cart.totals),
    quote_hash: cart.quoteHash,
  };
}

export function presentQuote(cart: CartView) {
  return {
    ...presentCart(cart),
    explanation: cart.explanation.map(({ step, rule, text, amount }) => ({
      step,
      rule,
      text,
      amount: amount.toJSON(),
    })),
  };
}
