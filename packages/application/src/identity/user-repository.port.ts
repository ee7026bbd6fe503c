import type { ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { EmailAddress, EmailTaken, User, UserNotFound } from '@kastoma/domain/identity';

export interface UserRepository {
  /** Stores a new user with its events; the address is unique. */
  add(user: User): ResultAsync<void, EmailTaken>;
  find(id: UserId): ResultAsync<User, UserNotFound>;
  findByEmail(email: EmailAddress): ResultAsync<User, UserNotFound>;
  /** Whether anybody holds the role of an administrator. */
  hasAdmin(): ResultAsync<boolean, never>;
}

/** Looking somebody up outside a transaction. */
export type UserReader = Pick<UserRepository, 'find' | 'findByEmail'>;
