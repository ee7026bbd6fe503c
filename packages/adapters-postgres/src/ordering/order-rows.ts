import type { OrderPaymentView, OrderView } from '@kastoma/application/ordering';
import {
  Address,
  type AddressJson,
  type Currency,
  type OrderId,
  type OrderItemId,
  type ProductId,
  type VariantId,
} from '@kastoma/domain/core';
import {
  fulfilmentStatusOf,
  paymentStatusOf,
  restorePaymentStatus,
  type OrderItem,
  type OrderShipping,
  type PriceMode,
} from '@kastoma/domain/ordering';

import { restoreMoney } from '../core/money.ts';
import { fromTimestamp } from '../core/timestamp.ts';
import {
  frozenPriceReader,
  type DiscountColumn,
  type PromotionColumn,
  type ShippingColumn,
  type TaxColumn,
  type UnitsColumn,
} from './frozen-price.columns.ts';

export type OrderRow = {
  id: OrderId;
  number: string;
  customer_id: string;
  currency: Currency;
  status: string;
  prices: PriceMode;
  subtotal: bigint;
  discount: bigint;
  tax_relief: bigint;
  shipping: bigint;
  tax: bigint;
  total: bigint;
  shipping_charge: ShippingColumn | null;
  promotions: readonly PromotionColumn[];
  email: string | null;
  shipping_address: AddressJson;
  billing_address: AddressJson;
  shipping_method: string;
  payment_method: string;
  notes: string;
  placed_at: Date;
  version: number;
};

export type ItemRow = {
  id: OrderItemId;
  order_id: OrderId;
  product_id: ProductId;
  variant_id: VariantId;
  sku: string;
  name: string;
  unit_price: bigint;
  quantity: number;
  subtotal: bigint;
  discount: bigint;
  discounts: readonly DiscountColumn[];
  tax_relief: bigint;
  tax: bigint;
  taxes: readonly TaxColumn[];
  total: bigint;
  units: readonly UnitsColumn[] | null;
};

export type PaymentRow = {
  id: string;
  order_id: OrderId;
  method: string;
  status: string;
  amount: bigint;
  captured: bigint;
  refunded: bigint;
  reference: string | null;
  decline_reason: string | null;
  created_at: Date;
};

/** An order as it is shown, from its rows; the payments are the oldest first. */
export function toOrderView(
  row: OrderRow,
  items: readonly ItemRow[],
  payments: readonly PaymentRow[],
): OrderView {
  const money = (minorUnits: bigint) => restoreMoney(minorUnits, row.currency);
  const paymentViews = payments.map((payment): OrderPaymentView => ({
    id: payment.id,
    method: payment.method,
    status: restorePaymentStatus(payment.status),
    amount: money(payment.amount),
    captured: money(payment.captured),
    refunded: money(payment.refunded),
    reference: payment.reference,
    declineReason: payment.decline_reason,
    clientSecret: null,
    createdAt: fromTimestamp(payment.created_at),
  }));
  return {
    id: row.id,
    number: row.number,
    customerId: row.customer_id,
    status: row.status,
    paymentStatus: paymentStatusOf(paymentViews),
    // Nothing is shipped yet: there are no fulfilments to read.
    fulfilmentStatus: fulfilmentStatusOf({ items, fulfilments: [] }),
    currency: row.currency,
    prices: row.prices,
    items: items.map((item) => toItem(item, row.currency)),
    shipping: toShipping(row),
    promotions: frozenPriceReader(row.currency).promotions(row.promotions),
    totals: {
      subtotal: money(row.subtotal),
      discount: money(row.discount),
      taxRelief: money(row.tax_relief),
      shipping: money(row.shipping),
      tax: money(row.tax),
      total: money(row.total),
    },
    email: row.email,
    shippingAddress: Address.restore(row.shipping_address),
    billingAddress: Address.restore(row.billing_address),
    shippingMethod: row.shipping_method,
    paymentMethod: row.payment_method,
    payments: paymentViews,
    notes: row.notes,
    placedAt: fromTimestamp(row.placed_at),
    version: row.version,
  };
}

function toItem(row: ItemRow, currency: Currency): OrderItem {
  const money = (minorUnits: bigint) => restoreMoney(minorUnits, currency);
  const { quantity } = row;
  const read = frozenPriceReader(currency);
  const unitPrice = money(row.unit_price);
  return {
    id: row.id,
    productId: row.product_id,
    variantId: row.variant_id,
    sku: row.sku,
    name: row.name,
    unitPrice,
    quantity,
    subtotal: money(row.subtotal),
    discount: money(row.discount),
    discounts: read.discounts(row.discounts),
    taxRelief: money(row.tax_relief),
    tax: money(row.tax),
    taxes: read.taxes(row.taxes),
    total: money(row.total),
    // Placed when there were neither discounts nor taxes.
    units:
      row.units === null ? [{ quantity, total: unitPrice, tax: money(0n) }] : read.units(row.units),
  };
}

function toShipping(row: OrderRow): OrderShipping {
  const money = (minorUnits: bigint) => restoreMoney(minorUnits, row.currency);
  const total = money(row.shipping);
  const charge =
    row.shipping_charge === null
      ? // Placed when there were neither discounts nor taxes.
        {
          rate: total,
          discount: money(0n),
          discounts: [],
          taxRelief: money(0n),
          tax: money(0n),
          taxes: [],
        }
      : frozenPriceReader(row.currency).shipping(row.shipping_charge);
  return { method: row.shipping_method, ...charge, total };
}
