import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import type { Page, PageRequest } from '@kastoma/application/core';
import type { OrderPaymentView, OrderQueries, OrderView } from '@kastoma/application/ordering';
import {
  Address,
  type AddressJson,
  type Currency,
  type OrderId,
  type OrderItemId,
  type ProductId,
  type UserId,
  type VariantId,
} from '@kastoma/domain/core';
import {
  fulfilmentStatusOf,
  paymentStatusOf,
  restorePaymentStatus,
  type OrderItem,
  type OrderNotFound,
} from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp } from '../core/timestamp.ts';

type OrderRow = {
  id: OrderId;
  number: string;
  customer_id: string;
  currency: Currency;
  status: string;
  subtotal: bigint;
  discount: bigint;
  shipping: bigint;
  tax: bigint;
  total: bigint;
  email: string | null;
  shipping_address: AddressJson;
  billing_address: AddressJson;
  shipping_method: string;
  payment_method: string;
  notes: string;
  placed_at: Date;
  version: number;
};

type ItemRow = {
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
  tax: bigint;
  total: bigint;
};

type PaymentRow = {
  id: string;
  order_id: OrderId;
  method: string;
  status: string;
  amount: bigint;
  created_at: Date;
};

/** Orders with their items and payments, as they are shown. */
export class PostgresOrderQueries implements OrderQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(id: OrderId, customerId: UserId | null): ResultAsync<OrderView, OrderNotFound> {
    const sql = this.#sql;
    const found = this.#read(sql`where id = ${id} ${this.#ofCustomer(customerId)}`);
    return ResultAsync.fromSafePromise(found).andThen(([order]) =>
      order === undefined ? err({ code: 'ordering.order_not_found' as const }) : ok(order),
    );
  }

  async list(customerId: UserId | null, page: PageRequest): Promise<Page<OrderView>> {
    const sql = this.#sql;
    const matching = sql`where true ${this.#ofCustomer(customerId)}`;
    const [orders, counted] = await Promise.all([
      this.#read(sql`
        ${matching}
        order by placed_at desc, id desc
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `),
      countUpTo(sql, sql`from ordering.orders ${matching}`),
    ]);
    return pageOf(orders, counted);
  }

  #ofCustomer(customerId: UserId | null) {
    return customerId === null ? this.#sql`` : this.#sql`and customer_id = ${customerId}`;
  }

  async #read(clause: postgres.Fragment): Promise<readonly OrderView[]> {
    const orders = await this.#sql<OrderRow[]>`
      select
        id, number, customer_id, currency, status, subtotal, discount, shipping, tax, total,
        email, shipping_address, billing_address, shipping_method, payment_method, notes, placed_at, version
      from ordering.orders
      ${clause}
    `;
    if (orders.length === 0) return [];
    const orderIds = orders.map(({ id }) => id);
    const [items, payments] = await Promise.all([
      this.#sql<ItemRow[]>`
        select
          id, order_id, product_id, variant_id, sku, name,
          unit_price, quantity, subtotal, discount, tax, total
        from ordering.order_items
        where order_id = any(${orderIds}::uuid[])
        order by order_id, position
      `,
      this.#sql<PaymentRow[]>`
        select id, order_id, method, status, amount, created_at
        from payments.payments
        where order_id = any(${orderIds}::uuid[])
        order by created_at, id
      `,
    ]);
    return orders.map((order) =>
      toView(
        order,
        items.filter((item) => item.order_id === order.id),
        payments.filter((payment) => payment.order_id === order.id),
      ),
    );
  }
}

function toView(
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
    createdAt: fromTimestamp(payment.created_at),
  }));
  return {
    id: row.id,
    number: row.number,
    customerId: row.customer_id,
    status: row.status,
    paymentStatus: paymentStatusOf(paymentViews),
    fulfilmentStatus: fulfilmentStatusOf(),
    currency: row.currency,
    items: items.map((item): OrderItem => ({
      id: item.id,
      productId: item.product_id,
      variantId: item.variant_id,
      sku: item.sku,
      name: item.name,
      unitPrice: money(item.unit_price),
      quantity: item.quantity,
      subtotal: money(item.subtotal),
      discount: money(item.discount),
      tax: money(item.tax),
      total: money(item.total),
    })),
    totals: {
      subtotal: money(row.subtotal),
      discount: money(row.discount),
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
