import {
  Address,
  type AddressJson,
  type CartId,
  type CartItemId,
  type Currency,
  type OrderId,
  type ProductId,
  type UserId,
  type VariantId,
} from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { fromTimestamp, instantOrNull, timestampOrNull, toTimestamp } from '../core/timestamp.ts';

export type CartRow = {
  id: CartId;
  customer_id: UserId | null;
  currency: Currency;
  coupon_codes: readonly string[];
  shipping_method: string | null;
  shipping_method_at: Date | null;
  shipping_address: AddressJson | null;
  shipping_address_at: Date | null;
  created_at: Date;
  updated_at: Date;
  version: number;
  /** Of the state of things in which the items were read. */
  version_seen: number;
  items: readonly ItemColumn[] | null;
};

type ItemColumn = {
  readonly id: CartItemId;
  readonly product_id: ProductId;
  readonly variant_id: VariantId;
  readonly quantity: number;
  /** Minor units in decimal text. */
  readonly price_seen: string | null;
};

/** Carts with their items; the clause that follows says which. */
export function cartWithItems(sql: Queryable) {
  return sql`
    select
      id, customer_id, currency, coupon_codes, shipping_method, shipping_method_at, shipping_address,
      shipping_address_at, created_at, updated_at, version,
      (select seen.version from ordering.carts seen where seen.id = cart.id) as version_seen,
      (
        select jsonb_agg(
          jsonb_build_object(
            'id', item.id, 'product_id', item.product_id, 'variant_id', item.variant_id,
            'quantity', item.quantity, 'price_seen', item.price_seen::text
          )
          order by item.position
        )
        from ordering.cart_items item
        where item.cart_id = cart.id
      ) as items
    from ordering.carts cart
  `;
}

/** An active cart, from its row. */
export function toCart(row: CartRow): Cart {
  const items = row.items ?? [];
  return Cart.restore(
    {
      id: row.id,
      customerId: row.customer_id,
      currency: row.currency,
      items: items.map((item) => ({
        id: item.id,
        productId: item.product_id,
        variantId: item.variant_id,
        quantity: item.quantity,
        priceSeen:
          item.price_seen === null ? null : restoreMoney(BigInt(item.price_seen), row.currency),
      })),
      couponCodes: row.coupon_codes,
      shippingMethod: row.shipping_method,
      shippingMethodAt: instantOrNull(row.shipping_method_at),
      shippingAddress: row.shipping_address === null ? null : Address.restore(row.shipping_address),
      shippingAddressAt: instantOrNull(row.shipping_address_at),
      status: { name: 'active' },
      createdAt: fromTimestamp(row.created_at),
      updatedAt: fromTimestamp(row.updated_at),
    },
    row.version,
  );
}

/** A customer has one active cart: of two first requests at once, one finds that the other was faster. */
export function cartInsertion(sql: Queryable, { state, version }: Cart) {
  return sql`
    insert into ordering.carts (
      id, customer_id, currency, coupon_codes, shipping_method, shipping_method_at, shipping_address,
      shipping_address_at, status, order_id, merged_into, created_at, updated_at, version
    )
    values (
      ${state.id}, ${state.customerId}, ${state.currency}, ${[...state.couponCodes]},
      ${state.shippingMethod}, ${timestampOrNull(state.shippingMethodAt)}, ${addressOf(sql, state)},
      ${timestampOrNull(state.shippingAddressAt)}, ${state.status.name}, ${orderIdOf(state.status)},
      ${targetOf(state.status)}, ${toTimestamp(state.createdAt)}, ${toTimestamp(state.updatedAt)},
      ${version + 1}
    )
    on conflict (customer_id) where status = 'active' do nothing
    returning id
  `;
}

/** Gives no row back where somebody else saved first. */
export function cartUpdate(sql: Queryable, { state, version }: Cart) {
  return sql`
    update ordering.carts
    set coupon_codes = ${[...state.couponCodes]},
        shipping_method = ${state.shippingMethod},
        shipping_method_at = ${timestampOrNull(state.shippingMethodAt)},
        shipping_address = ${addressOf(sql, state)},
        shipping_address_at = ${timestampOrNull(state.shippingAddressAt)},
        status = ${state.status.name},
        order_id = ${orderIdOf(state.status)},
        merged_into = ${targetOf(state.status)},
        updated_at = ${toTimestamp(state.updatedAt)},
        version = version + 1
    where id = ${state.id} and version = ${version}
    returning id
  `;
}

/**
 * The items of a cart that is `saved` in the same statement. A line is known by its variant: one that was taken out
 * and put in again has another id.
 */
export function itemWrites(sql: Queryable, { state }: Cart) {
  const rows = state.items.map((item, index) => ({
    id: item.id,
    cart_id: state.id,
    position: index + 1,
    product_id: item.productId,
    variant_id: item.variantId,
    quantity: item.quantity,
    price_seen: item.priceSeen?.minorUnits.toString() ?? null,
  }));
  return sql`
    wanted as (
      select item.*
      from saved, jsonb_populate_recordset(null::ordering.cart_items, ${sql.json(rows)}) item
    ),
    removed as (
      delete from ordering.cart_items
      where cart_id = (select id from saved)
        and variant_id not in (select variant_id from wanted)
    ),
    written as (
      insert into ordering.cart_items (
        id, cart_id, position, product_id, variant_id, quantity, price_seen
      )
      select id, cart_id, position, product_id, variant_id, quantity, price_seen
      from wanted
      on conflict (cart_id, variant_id) do update
      set
        id = excluded.id,
        quantity = excluded.quantity,
        price_seen = excluded.price_seen,
        position = excluded.position
      where (cart_items.id, cart_items.quantity, cart_items.price_seen, cart_items.position)
        is distinct from (excluded.id, excluded.quantity, excluded.price_seen, excluded.position)
    )
  `;
}

function addressOf(sql: Queryable, { shippingAddress }: Cart['state']) {
  return shippingAddress === null ? null : sql.json(shippingAddress.toJSON());
}

function targetOf(status: Cart['state']['status']): CartId | null {
  return status.name === 'merged' ? status.into : null;
}

function orderIdOf(status: Cart['state']['status']): OrderId | null {
  return status.name === 'ordered' ? status.orderId : null;
}
