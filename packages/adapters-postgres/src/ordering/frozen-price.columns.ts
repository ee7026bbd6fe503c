import type { Currency, Money } from '@kastoma/domain/core';
import type {
  FrozenDiscount,
  FrozenTax,
  FrozenUnits,
  OrderPromotion,
  OrderShipping,
} from '@kastoma/domain/ordering';

import { restoreMoney } from '../core/money.ts';

// What of a frozen quote is stored as documents: nobody searches in it. Amounts are minor units in decimal text.

export type DiscountColumn = { readonly promotion_id: string; readonly amount: string };
export type TaxColumn = { readonly rule_id: string; readonly amount: string };
export type UnitsColumn = {
  readonly quantity: number;
  readonly total: string;
  readonly tax: string;
};
export type ShippingColumn = {
  readonly rate: string;
  readonly discount: string;
  readonly discounts: readonly DiscountColumn[];
  readonly tax_relief: string;
  readonly tax: string;
  readonly taxes: readonly TaxColumn[];
};
export type PromotionColumn = {
  readonly promotion_id: string;
  readonly name: string;
  readonly class: OrderPromotion['class'];
  readonly coupon_code: string | null;
  readonly discount: string;
  readonly shipping_discount: string;
};

export function toDiscountColumns(discounts: readonly FrozenDiscount[]): readonly DiscountColumn[] {
  return discounts.map(({ promotionId, amount }) => ({
    promotion_id: promotionId,
    amount: textOf(amount),
  }));
}

export function toTaxColumns(taxes: readonly FrozenTax[]): readonly TaxColumn[] {
  return taxes.map(({ ruleId, amount }) => ({ rule_id: ruleId, amount: textOf(amount) }));
}

export function toUnitsColumns(units: readonly FrozenUnits[]): readonly UnitsColumn[] {
  return units.map(({ quantity, total, tax }) => ({
    quantity,
    total: textOf(total),
    tax: textOf(tax),
  }));
}

export function toShippingColumn(shipping: OrderShipping): ShippingColumn {
  return {
    rate: textOf(shipping.rate),
    discount: textOf(shipping.discount),
    discounts: toDiscountColumns(shipping.discounts),
    tax_relief: textOf(shipping.taxRelief),
    tax: textOf(shipping.tax),
    taxes: toTaxColumns(shipping.taxes),
  };
}

export function toPromotionColumns(
  promotions: readonly OrderPromotion[],
): readonly PromotionColumn[] {
  return promotions.map((promotion) => ({
    promotion_id: promotion.promotionId,
    name: promotion.name,
    class: promotion.class,
    coupon_code: promotion.couponCode,
    discount: textOf(promotion.discount),
    shipping_discount: textOf(promotion.shippingDiscount),
  }));
}

/** Reads the documents of an order back, in its currency. */
export function frozenPriceReader(currency: Currency) {
  const money = (minorUnits: string) => restoreMoney(BigInt(minorUnits), currency);
  const discounts = (columns: readonly DiscountColumn[]): readonly FrozenDiscount[] =>
    columns.map(({ promotion_id: promotionId, amount }) => ({
      promotionId,
      amount: money(amount),
    }));
  const taxes = (columns: readonly TaxColumn[]): readonly FrozenTax[] =>
    columns.map(({ rule_id: ruleId, amount }) => ({ ruleId, amount: money(amount) }));
  return {
    discounts,
    taxes,
    units: (columns: readonly UnitsColumn[]): readonly FrozenUnits[] =>
      columns.map(({ quantity, total, tax }) => ({
        quantity,
        total: money(total),
        tax: money(tax),
      })),
    shipping: (column: ShippingColumn): Omit<OrderShipping, 'method' | 'total'> => ({
      rate: money(column.rate),
      discount: money(column.discount),
      discounts: discounts(column.discounts),
      taxRelief: money(column.tax_relief),
      tax: money(column.tax),
      taxes: taxes(column.taxes),
    }),
    promotions: (columns: readonly PromotionColumn[]): readonly OrderPromotion[] =>
      columns.map((column) => ({
        promotionId: column.promotion_id,
        name: column.name,
        class: column.class,
        couponCode: column.coupon_code,
        discount: money(column.discount),
        shippingDiscount: money(column.shipping_discount),
      })),
  };
}

function textOf({ minorUnits }: Money): string {
  return minorUnits.toString();
}
