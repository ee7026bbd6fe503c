import type { UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { PersonalTable } from '../core/personal-table.ts';

const ordersOf = (sql: Queryable, userId: UserId) =>
  sql`(select id from ordering.orders where customer_id = ${userId})`;
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
    // Orders point at the carts that they came from, which hold no address any more.
    forget: async (sql, userId) => sql`
      delete from ordering.carts where customer_id = ${userId} and status = 'active'
    `,
  },
  {
    table: 'ordering.orders',
    records: 'orders',
    isOf: (sql, userId) => sql`customer_id = ${userId}`,
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
    status in ('delivered', 'cancelled')
    and (
      email is not null
      or notes <> ''
      or placed_at <= ${placedBefore} and (
        shipping_address is distinct from ${placeOnly(sql, 'shipping_address')}
        or billing_address is distinct from ${placeOnly(sql, 'billing_address')}
      )
    )
  `;
}

/** Country and region stay: the tax was theirs. */
function placeOnly(sql: Queryable, column: 'shipping_address' | 'billing_address') {
  const address = sql(column);
  return sql`jsonb_build_object(
    'name', 'Erased', 'line1', '-', 'line2', null, 'city', '-', 'postal_code', '-', 'phone', null,
    'country', ${address} -> 'country', 'region', ${address} -> 'region'
  )`;
}
