import { err, ok, ResultAsync } from 'neverthrow';

import type { AddressBookReader, AddressBookRepository } from '@kastoma/application/identity';
import { Address, type AddressJson, type SavedAddressId, type UserId } from '@kastoma/domain/core';
import { AddressBook, type SavedAddress, type UserNotFound } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type AddressRow = {
  id: SavedAddressId;
  address: AddressJson;
  is_default_shipping: boolean;
  is_default_billing: boolean;
  created_at: Date;
  version: number;
};

export class PostgresAddressBookReader implements AddressBookReader {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  read(userId: UserId): Promise<AddressBook> {
    return readBook(this.#sql, userId);
  }
}

export class PostgresAddressBookRepository implements AddressBookRepository {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(userId: UserId): ResultAsync<AddressBook, UserNotFound> {
    return ResultAsync.fromSafePromise(this.#hold(userId)).andThen((book) =>
      book === null ? err({ code: 'identity.user_not_found' as const }) : ok(book),
    );
  }

  save(book: AddressBook): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#write(book));
  }

  /** An empty book has no row to lock, so the account's is. */
  async #hold(userId: UserId): Promise<AddressBook | null> {
    const held = await this.#sql`
      select from identity.users where id = ${userId} and deleted_at is null for no key update
    `;
    return held.count === 0 ? null : readBook(this.#sql, userId);
  }

  /** What is no default any more is written first: the indexes admit no second one, not even for a moment. */
  async #write({ userId, addresses }: AddressBook): Promise<void> {
    const ids = addresses.map(({ id }) => id);
    await this.#sql`
      delete from identity.addresses where user_id = ${userId} and id <> all(${ids}::uuid[])
    `;
    const shipping = idsOf(addresses, 'isDefaultShipping');
    const billing = idsOf(addresses, 'isDefaultBilling');
    await this.#sql`
      update identity.addresses
      set
        is_default_shipping = is_default_shipping and id = any(${shipping}::uuid[]),
        is_default_billing = is_default_billing and id = any(${billing}::uuid[])
      where user_id = ${userId} and (is_default_shipping or is_default_billing)
    `;
    if (addresses.length === 0) return;
    const rows = addresses.map((saved) => ({
      id: saved.id,
      user_id: userId,
      address: this.#sql.json(saved.address.toJSON()),
      is_default_shipping: saved.isDefaultShipping,
      is_default_billing: saved.isDefaultBilling,
      created_at: toTimestamp(saved.createdAt),
      version: saved.version,
    }));
    await this.#sql`
      insert into identity.addresses ${this.#sql(rows)}
      on conflict (id) do update
      set
        address = excluded.address, is_default_shipping = excluded.is_default_shipping,
        is_default_billing = excluded.is_default_billing, version = excluded.version
      where addresses.user_id = excluded.user_id and addresses.version <> excluded.version
    `;
  }
}

function idsOf(
  addresses: readonly SavedAddress[],
  kind: 'isDefaultShipping' | 'isDefaultBilling',
): SavedAddressId[] {
  return addresses.filter((saved) => saved[kind]).map(({ id }) => id);
}

async function readBook(sql: Queryable, userId: UserId): Promise<AddressBook> {
  const rows = await sql<AddressRow[]>`
    select id, address, is_default_shipping, is_default_billing, created_at, version
    from identity.addresses
    where user_id = ${userId}
    order by created_at, id
  `;
  return AddressBook.restore(userId, rows.map(toSavedAddress));
}

function toSavedAddress(row: AddressRow): SavedAddress {
  return {
    id: row.id,
    address: Address.restore(row.address),
    isDefaultShipping: row.is_default_shipping,
    isDefaultBilling: row.is_default_billing,
    createdAt: fromTimestamp(row.created_at),
    version: row.version,
  };
}
