import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { CartReader, CartRepository } from '@kastoma/application/ordering';
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
import { Cart, type CartItem } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type CartRow = {
  id: CartId;
  customer_id: UserId;
  currency: Currency;
  coupon_codes: readonly string[];
  shipping_method: string | null;
  shipping_address: AddressJson | null;
  created_at: Date;
  updated_at: Date;
  version: number;
};

type ItemRow = { id: CartItemId; product_id: ProductId; variant_id: VariantId; quantity: number };

export class PostgresCartReader implements CartReader {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  findActive(customerId: UserId): ResultAsync<Cart | null, never> {
    const sql = this.#sql;
    return ResultAsync.fromSafePromise(
      readActiveCart(sql, sql`where customer_id = ${customerId} and status = 'active'`),
    );
  }

  find(id: CartId): ResultAsync<Cart | null, never> {
    const sql = this.#sql;
    return ResultAsync.fromSafePromise(
      readActiveCart(sql, sql`where id = ${id} and status = 'active'`),
    );
  }

  lastVersion(customerId: UserId): ResultAsync<number, never> {
    return ResultAsync.fromSafePromise(readLastVersion(this.#sql, customerId));
  }
}

export class PostgresCartRepository implements CartRepository {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  findActive(customerId: UserId): ResultAsync<Cart | null, never> {
    const sql = this.#sql;
    return ResultAsync.fromSafePromise(
      readActiveCart(sql, sql`where customer_id = ${customerId} and status = 'active' for update`),
    );
  }

  lastVersion(customerId: UserId): ResultAsync<number, never> {
    return ResultAsync.fromSafePromise(readLastVersion(this.#sql, customerId));
  }

  save(cart: Cart): ResultAsync<Cart, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#write(cart)).andThen((version) =>
      version === null
        ? err({ code: 'core.concurrent_update' as const })
        : ok(Cart.restore(cart.state, version)),
    );
  }

  /** Gives the next version, or null when somebody else saved first. */
  async #write(cart: Cart): Promise<number | null> {
    const [row] = cart.isNew ? await this.#insert(cart) : await this.#update(cart);
    if (row === undefined) return null;
    await this.#writeItems(cart);
    return row.version;
  }

  /** A customer has one active cart: of two first requests at once, one finds that the other was faster. */
  async #insert({ state, version }: Cart): Promise<readonly { version: number }[]> {
    return this.#sql<{ version: number }[]>`
      insert into ordering.carts (
        id, customer_id, currency, coupon_codes, shipping_method, shipping_address, status, order_id,
        created_at, updated_at, version
      )
      values (
        ${state.id}, ${state.customerId}, ${state.currency}, ${[...state.couponCodes]},
        ${state.shippingMethod}, ${this.#addressOf(state)}, ${state.status.name}, ${orderIdOf(state.status)},
        ${toTimestamp(state.createdAt)}, ${toTimestamp(state.updatedAt)}, ${version + 1}
      )
      on conflict (customer_id) where status = 'active' do nothing
      returning version
    `;
  }

  async #update({ state, version }: Cart): Promise<readonly { version: number }[]> {
    return this.#sql<{ version: number }[]>`
      update ordering.carts
      set coupon_codes = ${[...state.couponCodes]},
          shipping_method = ${state.shippingMethod},
          shipping_address = ${this.#addressOf(state)},
          status = ${state.status.name},
          order_id = ${orderIdOf(state.status)},
          updated_at = ${toTimestamp(state.updatedAt)},
          version = version + 1
      where id = ${state.id} and version = ${version}
      returning version
    `;
  }

  #addressOf({ shippingAddress }: Cart['state']) {
    return shippingAddress === null ? null : this.#sql.json(shippingAddress.toJSON());
  }

  /** A line is known by its variant: one that was taken out and put in again has another id. */
  async #writeItems({ state }: Cart): Promise<void> {
    const column = <Value>(pick: (item: CartItem) => Value) => state.items.map(pick);
    await this.#sql`
      with wanted as (
        select *
        from unnest(
          ${column((item) => item.id)}::uuid[],
          ${column((item) => item.productId)}::uuid[],
          ${column((item) => item.variantId)}::uuid[],
          ${column((item) => item.quantity)}::int[]
        ) with ordinality as item (id, product_id, variant_id, quantity, position)
      ),
      removed as (
        delete from ordering.cart_items
        where cart_id = ${state.id} and variant_id not in (select variant_id from wanted)
      )
      insert into ordering.cart_items (id, cart_id, position, product_id, variant_id, quantity)
      select id, ${state.id}, position, product_id, variant_id, quantity
      from wanted
      on conflict (cart_id, variant_id) do update
      set id = excluded.id, quantity = excluded.quantity, position = excluded.position
      where (cart_items.id, cart_items.quantity, cart_items.position)
        is distinct from (excluded.id, excluded.quantity, excluded.position)
    `;
  }
}

/** Ordered carts do not change any more. */
async function readLastVersion(sql: Queryable, customerId: UserId): Promise<number> {
  const [row] = await sql<{ version: number | null }[]>`
    select max(version) as version
    from ordering.carts
    where customer_id = ${customerId} and status = 'ordered'
  `;
  return row?.version ?? 0;
}

async function readActiveCart(sql: Queryable, clause: postgres.Fragment): Promise<Cart | null> {
  const [row] = await sql<CartRow[]>`
    select
      id, customer_id, currency, coupon_codes, shipping_method, shipping_address,
      created_at, updated_at, version
    from ordering.carts
    ${clause}
  `;
  if (row === undefined) return null;
  const items = await sql<ItemRow[]>`
    select id, product_id, variant_id, quantity
    from ordering.cart_items
    where cart_id = ${row.id}
    order by position
  `;
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
      })),
      couponCodes: row.coupon_codes,
      shippingMethod: row.shipping_method,
      shippingAddress: row.shipping_address === null ? null : Address.restore(row.shipping_address),
      status: { name: 'active' },
      createdAt: fromTimestamp(row.created_at),
      updatedAt: fromTimestamp(row.updated_at),
    },
    row.version,
  );
}

function orderIdOf(status: Cart['state']['status']): OrderId | null {
  return status.name === 'ordered' ? status.orderId : null;
}
