import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import { AddressBook, type UserNotFound } from '@kastoma/domain/identity';

import type {
  AddressBookReader,
  AddressBookRepository,
} from '../../identity/address-book-repository.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryAddressBookReader implements AddressBookReader {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async read(userId: UserId): Promise<AddressBook> {
    return bookOf(this.#memory, userId);
  }
}

export class InMemoryAddressBookRepository implements AddressBookRepository {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(userId: UserId): ResultAsync<AddressBook, UserNotFound> {
    const user = this.#memory.tables.users.get(userId);
    return user === undefined || user.state.erasedAt !== null
      ? errAsync({ code: 'identity.user_not_found' })
      : okAsync(bookOf(this.#memory, userId));
  }

  save(book: AddressBook): ResultAsync<void, never> {
    this.#memory.tables.addressBooks.set(book.userId, book);
    return okAsync();
  }
}

function bookOf({ tables }: Memory, userId: UserId): AddressBook {
  return tables.addressBooks.get(userId) ?? AddressBook.restore(userId, []);
}
