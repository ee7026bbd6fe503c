import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { CartReader, CartRepository } from '@kastoma/application/ordering';
import type { CartId, UserId } from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import type { LastWrites } from '../core/last-writes.ts';
import {
  cartInsertion,
  cartUpdate,
  cartWithItems,
  itemWrites,
  toCart,
  type CartRow,
} from './cart-rows.ts';

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

  findOfGuest(id: CartId): ResultAsync<Cart | null, never> {
    return ResultAsync.fromSafePromise(readActiveCart(this.#sql, ofGuest(this.#sql, id)));
  }

  lastVersion(customerId: UserId): ResultAsync<number, never> {
    return ResultAsync.fromSafePromise(readLastVersion(this.#sql, customerId));
  }
}

export class PostgresCartRepository implements CartRepository {
  readonly #sql: Queryable;
  readonly #last: LastWrites;

  constructor(sql: Queryable, last: LastWrites) {
    this.#sql = sql;
    this.#last = last;
  }

  findActive(customerId: UserId): ResultAsync<Cart | null, never> {
    const sql = this.#sql;
    return ResultAsync.fromSafePromise(
      holdActiveCart(sql, sql`where customer_id = ${customerId} and status = 'active'`),
    );
  }

  findOfGuest(id: CartId): ResultAsync<Cart | null, never> {
    return ResultAsync.fromSafePromise(holdActiveCart(this.#sql, ofGuest(this.#sql, id)));
  }

  lastVersion(customerId: UserId): ResultAsync<number, never> {
    return ResultAsync.fromSafePromise(readLastVersion(this.#sql, customerId));
  }

  save(cart: Cart): ResultAsync<Cart, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#write(cart)).andThen((isSaved) =>
      isSaved
        ? ok(Cart.restore(cart.state, cart.version + 1))
        : err({ code: 'core.concurrent_update' as const }),
    );
  }

  /** Nobody looks at a cart that was ordered: it is written when the work ends. */
  async #write(cart: Cart): Promise<boolean> {
    const sql = this.#sql;
    if (cart.state.status.name === 'ordered' && !cart.isNew) {
      await this.#last.add({ cart_ordered: { rows: 1, sql: cartUpdate(sql, cart) } });
      return true;
    }
    const saved = await sql`
      with saved as (${cart.isNew ? cartInsertion(sql, cart) : cartUpdate(sql, cart)}),
      ${itemWrites(sql, cart)}
      select from saved
    `;
    return saved.count === 1;
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
  const [row] = await sql<CartRow[]>`${cartWithItems(sql)} ${clause}`;
  return row === undefined ? null : toCart(row);
}

/** Items are those of when the statement began: read anew where it had to wait for somebody who changed the cart. */
async function holdActiveCart(sql: Queryable, clause: postgres.Fragment): Promise<Cart | null> {
  const [row] = await sql<CartRow[]>`
    ${cartWithItems(sql)}
    -- What follows is about rows of known ids: it is planned once a connection, and not each time.
    cross join set_config('plan_cache_mode', 'auto', true)
    ${clause}
    for update of cart
  `;
  if (row === undefined) return null;
  if (row.version === row.version_seen) return toCart(row);
  const [now] = await sql<CartRow[]>`${cartWithItems(sql)} where id = ${row.id}`;
  return toCart(now ?? row);
}

function ofGuest(sql: Queryable, id: CartId): postgres.Fragment {
  return sql`where id = ${id} and customer_id is null and status = 'active'`;
}
