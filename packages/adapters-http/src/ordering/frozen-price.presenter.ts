import type {
  OrderItem,
  OrderPromotion,
  OrderShipping,
  OrderTotals,
} from '@kastoma/domain/ordering';

export function presentTotals(totals: OrderTotals) {
  return {
    subtotal: totals.subtotal.toJSON(),
    discount: totals.discount.toJSON(),
    tax_relief: totals.taxRelief.toJSON(),
    shipping: totals.shipping.toJSON(),
    tax: totals.tax.toJSON(),
    total: totals.total.toJSON(),
  };
}

type PricedItem = Omit<OrderItem, 'id' | 'productId' | 'variantId' | 'sku' | 'name'>;

export function presentPricedLine(line: PricedItem) {
  return {
    unit_price: line.unitPrice.toJSON(),
    quantity: line.quantity,
    subtotal: line.subtotal.toJSON(),
    ...presentShares(line),
    units: line.units.map(({ quantity, total, tax }) => ({
      quantity,
      total: total.toJSON(),
      tax: tax.toJSON(),
    })),
  };
}

export function presentShipping(shipping: OrderShipping) {
  return { method: shipping.method, rate: shipping.rate.toJSON(), ...presentShares(shipping) };
}

export function presentPromotion(promotion: OrderPromotion) {
  return {
    id: promotion.promotionId,
    name: promotion.name,
    class: promotion.class,
    coupon_code: promotion.couponCode,
    discount: promotion.discount.toJSON(),
    shipping_discount: promotion.shippingDiscount.toJSON(),
  };
}

function presentShares(
  part: Pick<OrderShipping, 'discount' | 'discounts' | 'taxRelief' | 'tax' | 'taxes' | 'total'>,
) {
  return {
    discount: part.discount.toJSON(),
    discounts: part.discounts.map(({ promotionId, amount }) => ({
      promotion_id: promotionId,
      amount: amount.toJSON(),
    })),
    tax_relief: part.taxRelief.toJSON(),
    tax: part.tax.toJSON(),
    taxes: part.taxes.map(({ ruleId, amount }) => ({ rule_id: ruleId, amount: amount.toJSON() })),
    total: part.total.toJSON(),
  };
}
