import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { OrderRepository, PayableOrder } from '@kastoma/application/ordering';
import {
  defect,
  type Currency,
  type Instant,
  type OrderId,
  type UserId,
} from '@kastoma/domain/core';
import {
  orderNumberOf,
  type Order,
  type OrderNotFound,
  type OrderNumber,
} from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import {
  toDiscountColumns,
  toPromotionColumns,
  toShippingColumn,
  toTaxColumns,
  toUnitsColumns,
} from './frozen-price.columns.ts';

export class PostgresOrderRepository implements OrderRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  nextNumber(placedAt: Instant): ResultAsync<OrderNumber, never> {
    return ResultAsync.fromSafePromise(this.#sql<{ sequence: bigint }[]>`
      select nextval('ordering.order_number') as sequence
    `).map(([row]) =>
      orderNumberOf(row?.sequence ?? defect('The sequence gave no number.'), placedAt),
    );
  }

  add(order: Order): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#insert(order)).andThen((inserted) =>
      inserted ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  holdForPayment(id: OrderId, customerId: UserId): ResultAsync<PayableOrder, OrderNotFound> {
    type Row = { status: string; total: bigint; currency: Currency };
    const held = this.#sql<Row[]>`
      select status, total, currency
      from ordering.orders
      where id = ${id} and customer_id = ${customerId}
      for no key update
    `;
    return ResultAsync.fromSafePromise(held).andThen(([row]) =>
      row === undefined
        ? err({ code: 'ordering.order_not_found' as const })
        : ok({ status: row.status, total: restoreMoney(row.total, row.currency) }),
    );
  }

  async #insert(order: Order): Promise<boolean> {
    const { state, version } = order;
    const { totals, shipping } = state;
    const json = (document: unknown) => this.#sql.json(document as never);
    const inserted = await this.#sql`
      insert into ordering.orders (
        id, number, customer_id, cart_id, currency, status,
        prices, subtotal, discount, tax_relief, shipping, tax, total, quote_hash, shipping_charge, promotions,
        email, shipping_address, billing_address, shipping_method, payment_method, notes, placed_at, version
      )
      values (
        ${state.id}, ${state.number}, ${state.customerId}, ${state.cartId}, ${state.currency}, ${state.status.name},
        ${state.prices}, ${totals.subtotal.minorUnits}, ${totals.discount.minorUnits}, ${totals.taxRelief.minorUnits},
        ${totals.shipping.minorUnits}, ${totals.tax.minorUnits}, ${totals.total.minorUnits}, ${state.quoteHash},
        ${json(toShippingColumn(shipping))}, ${json(toPromotionColumns(state.promotions))},
        ${state.email}, ${json(state.shippingAddress.toJSON())}, ${json(state.billingAddress.toJSON())},
        ${shipping.method}, ${state.paymentMethod}, ${state.notes}, ${toTimestamp(state.placedAt)}, ${version}
      )
      on conflict (cart_id) do nothing
      returning id
    `;
    if (inserted.count === 0) return false;
    await this.#insertItems(order);
    await this.#outbox.record(order.pending);
    return true;
  }

  async #insertItems({ state }: Order): Promise<void> {
    const rows = state.items.map((item, position) => ({
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
      discounts: this.#sql.json(toDiscountColumns(item.discounts)),
      tax_relief: item.taxRelief.minorUnits,
      tax: item.tax.minorUnits,
      taxes: this.#sql.json(toTaxColumns(item.taxes)),
      total: item.total.minorUnits,
      units: this.#sql.json(toUnitsColumns(item.units)),
    }));
    await this.#sql`insert into ordering.order_items ${this.#sql(rows)}`;
  }
}
