import { viewOrder, type OrderPaymentView, type OrderView } from '@kastoma/application/ordering';
import {
  Address,
  type AddressJson,
  type CartId,
  type Currency,
  type OrderId,
  type OrderItemId,
  type ProductId,
  type UserId,
  type VariantId,
} from '@kastoma/domain/core';
import {
  Order,
  restorePaymentStatus,
  type OrderItem,
  type OrderNumber,
  type OrderShipping,
  type OrderStatus,
  type OrderStatusName,
  type PriceMode,
} from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
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
import { fulfilmentsOf, toFulfilments, type FulfilmentColumn } from './fulfilment.columns.ts';
import { refundsOf, toRefunds, type RefundColumn } from './refund.columns.ts';

export type OrderRow = {
  id: OrderId;
  number: OrderNumber;
  customer_id: UserId | null;
  cart_id: CartId;
  currency: Currency;
  status: OrderStatusName;
  status_since: Date | null;
  cancel_reason: string | null;
  quote_hash: string;
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
  fulfilments: readonly FulfilmentColumn[];
  refunds: readonly RefundColumn[];
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
  returned: number;
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

/** All of an order but its items, in one statement: what stands in documents comes along. */
export function orderColumns(sql: Queryable) {
  return sql`
    id, number, customer_id, cart_id, currency, status, status_since, cancel_reason, quote_hash, prices,
    subtotal, discount, tax_relief, shipping, tax, total, shipping_charge, promotions,
    email, shipping_address, billing_address, shipping_method, payment_method, notes, placed_at, version,
    ${fulfilmentsOf(sql)} as fulfilments, ${refundsOf(sql)} as refunds
  `;
}

export async function readItems(
  sql: Queryable,
  orderIds: readonly OrderId[],
): Promise<readonly ItemRow[]> {
  return sql<ItemRow[]>`
    select
      id, order_id, product_id, variant_id, sku, name,
      unit_price, quantity, subtotal, discount, discounts, tax_relief, tax, taxes, total, units,
      returned
    from ordering.order_items
    where order_id = any(${[...orderIds]}::uuid[])
    order by order_id, position
  `;
}

/** An order as it stands, from its rows. */
export function toOrder(row: OrderRow, items: readonly ItemRow[]): Order {
  const money = (minorUnits: bigint) => restoreMoney(minorUnits, row.currency);
  return Order.restore(
    {
      id: row.id,
      number: row.number,
      customerId: row.customer_id,
      cartId: row.cart_id,
      status: toStatus(row),
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
      quoteHash: row.quote_hash,
      email: row.email,
      shippingAddress: Address.restore(row.shipping_address),
      billingAddress: Address.restore(row.billing_address),
      paymentMethod: row.payment_method,
      notes: row.notes,
      fulfilments: toFulfilments(row.fulfilments),
      refunds: toRefunds(row.refunds, row.currency),
      placedAt: fromTimestamp(row.placed_at),
    },
    row.version,
  );
}

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
  const returned = items.reduce((sum, item) => sum + item.returned, 0);
  return viewOrder(toOrder(row, items), paymentViews, returned);
}

/** Since when is not known of orders whose status was set before that was written down. */
function toStatus({ status: name, status_since, cancel_reason, placed_at }: OrderRow): OrderStatus {
  if (name === 'pending') return { name };
  const at = fromTimestamp(status_since ?? placed_at);
  return name === 'cancelled' ? { name, at, reason: cancel_reason ?? '' } : { name, at };
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
