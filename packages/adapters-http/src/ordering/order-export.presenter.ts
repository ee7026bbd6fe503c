import { csvLine } from '@kastoma/application/catalog';
import type { OrderView } from '@kastoma/application/ordering';
import { formatInstant, type Address } from '@kastoma/domain/core';

type OrderItem = OrderView['items'][number];
type Cell = string | number | null;

/** What a row says of the order, the same in each of its rows, and of the item; in the order of the file. */
const COLUMNS = {
  order_id: ({ id }) => id,
  number: ({ number }) => number,
  placed_at: ({ placedAt }) => formatInstant(placedAt),
  status: ({ status }) => status,
  cancel_reason: ({ cancelReason }) => cancelReason,
  payment_status: ({ paymentStatus }) => paymentStatus,
  fulfilment_status: ({ fulfilmentStatus }) => fulfilmentStatus,
  customer_id: ({ customerId }) => customerId,
  email: ({ email }) => email,
  currency: ({ currency }) => currency,
  prices: ({ prices }) => prices,
  item_id: (_order, { id }) => id,
  product_id: (_order, { productId }) => productId,
  variant_id: (_order, { variantId }) => variantId,
  sku: (_order, { sku }) => sku,
  name: (_order, { name }) => name,
  quantity: (_order, { quantity }) => quantity,
  unit_price: (_order, { unitPrice }) => unitPrice.toDecimal(),
  subtotal: (_order, { subtotal }) => subtotal.toDecimal(),
  discount: (_order, { discount }) => discount.toDecimal(),
  tax_relief: (_order, { taxRelief }) => taxRelief.toDecimal(),
  tax: (_order, { tax }) => tax.toDecimal(),
  total: (_order, { total }) => total.toDecimal(),
  order_subtotal: ({ totals }) => totals.subtotal.toDecimal(),
  order_discount: ({ totals }) => totals.discount.toDecimal(),
  order_tax_relief: ({ totals }) => totals.taxRelief.toDecimal(),
  order_shipping: ({ totals }) => totals.shipping.toDecimal(),
  order_tax: ({ totals }) => totals.tax.toDecimal(),
  order_total: ({ totals }) => totals.total.toDecimal(),
  coupon_codes: ({ promotions }) =>
    promotions.flatMap(({ couponCode }) => couponCode ?? []).join('|'),
  shipping_method: ({ shippingMethod }) => shippingMethod,
  payment_method: ({ paymentMethod }) => paymentMethod,
  ...addressColumns('shipping', ({ shippingAddress }) => shippingAddress),
  ...addressColumns('billing', ({ billingAddress }) => billingAddress),
  notes: ({ notes }) => notes,
} satisfies Readonly<Record<string, (order: OrderView, item: OrderItem) => Cell>>;

const NAMES = Object.keys(COLUMNS);

/** The first line of a CSV file of orders. */
export const ORDER_CSV_HEADER = csvLine(NAMES);

/** One line an item, in which nothing is a formula. */
export function csvOfOrder(order: OrderView): string {
  return rowsOf(order)
    .map((row) => csvLine(row.map((cell) => (cell === null ? '' : String(cell)))))
    .join('');
}

/** One line an item; null where there is nothing. */
export function ndjsonOfOrder(order: OrderView): string {
  return rowsOf(order)
    .map((row) => row.map((cell, place) => [NAMES[place], cell === '' ? null : cell]))
    .map((entries) => `${JSON.stringify(Object.fromEntries(entries))}\n`)
    .join('');
}

function rowsOf(order: OrderView): readonly (readonly Cell[])[] {
  return order.items.map((item) => Object.values(COLUMNS).map((cellOf) => cellOf(order, item)));
}

function addressColumns<Of extends string>(of: Of, pick: (order: OrderView) => Address) {
  const fields = [
    'name',
    'line1',
    'line2',
    'city',
    'region',
    'postalCode',
    'country',
    'phone',
  ] as const;
  return Object.fromEntries(
    fields.map((field) => [
      `${of}_${field === 'postalCode' ? 'postal_code' : field}`,
      (order: OrderView): Cell => pick(order)[field],
    ]),
  );
}
