import type { ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { AddressBook, UserNotFound } from '@kastoma/domain/identity';

export interface AddressBookRepository {
  /** The book of an account, an empty one included; held fast until the transaction ends, so that two changes come one after the other. */
  find(userId: UserId): ResultAsync<AddressBook, UserNotFound>;
  /** Stores what is new or changed, and forgets what was taken out. */
  save(book: AddressBook): ResultAsync<void, never>;
}

/** Reading a book outside a transaction; an account that is not there has an empty one. */
export interface AddressBookReader {
  read(userId: UserId): Promise<AddressBook>;
}
