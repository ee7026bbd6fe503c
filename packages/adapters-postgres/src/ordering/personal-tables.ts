import type { UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { PersonalTable } from '../core/personal-table.ts';
import { provedAddressOf } from '../identity/proved-address.ts';

/** Orders of the account, and those that were placed as a guest with its address, where that is proved. */
const isOrderOf = (sql: Queryable, userId: UserId) => sql`(
  customer_id = ${userId}
  or customer_id is null and email = ${provedAddressOf(sql, userId)}
)`;
const ordersOf = (sql: Queryable, userId: UserId) =>
  sql`(select id from ordering.orders where ${isOrderOf(sql, userId)})`;
const cartsOf = (sql: Queryable, userId: UserId) =>
  sql`(select id from ordering.carts where customer_id = ${userId})`;

/** Carts and orders, and what other contexts keep for an order: its payments, its units, what it got off. */
export const ORDERING_TABLES: readonly PersonalTable[] = [
  {
    table: 'ordering.cart_items',
    records: 'cart_items',
    isOf: (sql, userId) => sql`cart_id in ${cartsOf(sql, userId)}`,
    forget: async (sql, userId) => sql`
      delete from ordering.cart_items
      where cart_id in (
        select id from ordering.carts where customer_id = ${userId} and status = 'active'
      )
    `,
  },
  {
    table: 'ordering.carts',
    records: 'carts',
    isOf: (sql, userId) => sql`customer_id = ${userId}`,
    // Orders point at the carts that they came from, which hold no address any more. What was merged into a cart goes with it.
    forget: async (sql, userId) => {
      await sql`
        delete from ordering.carts
        where merged_into in (
          select id from ordering.carts where customer_id = ${userId} and status = 'active'
        )
      `;
      return sql`delete from ordering.carts where customer_id = ${userId} and status = 'active'`;
    },
  },
  {
    table: 'ordering.orders',
    records: 'orders',
    isOf: isOrderOf,
    forget: async (sql, userId, { ordersPlacedBefore }) => {
      const placedBefore = new Date(ordersPlacedBefore);
      const shipping = placeOnly(sql, 'shipping_address');
      const billing = placeOnly(sql, 'billing_address');
      const keeps = sql`placed_at > ${placedBefore}`;
      return sql`
        update ordering.orders
        set
          email = null,
          notes = '',
          cancel_reason = case when ${saysWhy(sql)} then '' else cancel_reason end,
          shipping_address = case when ${keeps} then shipping_address else ${shipping} end,
          billing_address = case when ${keeps} then billing_address else ${billing} end,
          version = version + 1
        where customer_id = ${userId} and ${holdsMoreThanBooks(sql, placedBefore)}
      `;
    },
  },
  {
    table: 'ordering.order_items',
    records: 'order_items',
    isOf: (sql, userId) => sql`order_id in ${ordersOf(sql, userId)}`,
  },
  {
    table: 'ordering.fulfilments',
    records: 'fulfilments',
    isOf: (sql, userId) => sql`order_id in ${ordersOf(sql, userId)}`,
  },
  {
    table: 'ordering.fulfilment_lines',
    records: 'fulfilment_lines',
    isOf: (sql, userId) => sql`fulfilment_id in (
      select id from ordering.fulfilments where order_id in ${ordersOf(sql, userId)}
    )`,
  },
  {
    table: 'ordering.order_history',
    records: 'order_changes',
    isOf: (sql, userId) => sql`order_id in ${ordersOf(sql, userId)}`,
    // Who works here is nobody else's to know.
    withheld: ['actor'],
  },
  {
    table: 'ordering.order_notes',
    records: 'order_notes',
    isOf: (sql, userId) => sql`order_id in ${ordersOf(sql, userId)} and not internal`,
    withheld: ['author'],
    forget: async (sql, userId) => sql`
      delete from ordering.order_notes
      where order_id in (
        select id from ordering.orders where customer_id = ${userId} and ${isOver(sql)}
      )
    `,
  },
  {
    table: 'ordering.refunds',
    records: 'refunds',
    isOf: (sql, userId) => sql`order_id in ${ordersOf(sql, userId)}`,
  },
  {
    table: 'ordering.returns',
    records: 'returns',
    isOf: (sql, userId) => sql`order_id in ${ordersOf(sql, userId)}`,
    forget: async (sql, userId) => sql`
      update ordering.returns
      set reason = '', version = version + 1
      where reason <> '' and order_id in ${ordersOf(sql, userId)}
    `,
  },
  {
    table: 'payments.payments',
    records: 'payments',
    isOf: (sql, userId) => sql`order_id in ${ordersOf(sql, userId)}`,
  },
  {
    table: 'inventory.movements',
    records: 'stock_movements',
    isOf: (sql, userId) => sql`actor = ${`user:${userId}`}`,
  },
];

/** Whether an order is over and still holds something of a person that it may hold no longer. */
export function holdsMoreThanBooks(sql: Queryable, placedBefore: Date) {
  return sql`
    ${isOver(sql)}
    and (
      email is not null
      or notes <> ''
      or ${saysWhy(sql)}
      or exists (select from ordering.order_notes where order_id = orders.id)
      or placed_at <= ${placedBefore} and (
        shipping_address is distinct from ${placeOnly(sql, 'shipping_address')}
        or billing_address is distinct from ${placeOnly(sql, 'billing_address')}
      )
    )
  `;
}

export function isOver(sql: Queryable) {
  return sql`status in ('delivered', 'cancelled')`;
}

/** Whether somebody wrote why it was cancelled. */
export function saysWhy(sql: Queryable) {
  return sql`coalesce(cancel_reason, '') not in ('', 'expired')`;
}

/** Country and region stay: the tax was theirs. */
export function placeOnly(sql: Queryable, column: 'shipping_address' | 'billing_address') {
  const address = sql(column);
  return sql`jsonb_build_object(
    'name', 'Erased', 'line1', '-', 'line2', null, 'city', '-', 'postal_code', '-', 'phone', null,
    'country', ${address} -> 'country', 'region', ${address} -> 'region'
  )`;
}
