import { ok, type Result } from 'neverthrow';

import type { SavedAddressId, UserId } from '@kastoma/domain/core';
import type { AddressNotFound, SavedAddress } from '@kastoma/domain/identity';

import type { Page, PageRequest } from '../core/page.ts';
import type { AddressBookReader } from './address-book-repository.port.ts';

/** Reads one's own addresses, the oldest first. */
export class ViewAddresses {
  readonly #addressBooks: AddressBookReader;

  constructor(dependencies: { readonly addressBooks: AddressBookReader }) {
    this.#addressBooks = dependencies.addressBooks;
  }

  async list(
    userId: UserId,
    { page, pageSize }: PageRequest,
  ): Promise<Result<Page<SavedAddress>, never>> {
    const { addresses } = await this.#addressBooks.read(userId);
    const start = (page - 1) * pageSize;
    const items = addresses.slice(start, start + pageSize);
    return ok({ items, count: addresses.length, countIsExact: true });
  }

  async find(userId: UserId, id: SavedAddressId): Promise<Result<SavedAddress, AddressNotFound>> {
    return (await this.#addressBooks.read(userId)).find(id);
  }
}
