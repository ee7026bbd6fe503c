import type { ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { EmailAddress, EmailTaken, User, UserNotFound } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface UserRepository {
  /** Stores a new user with its events; the address is unique. */
  add(user: User): ResultAsync<void, EmailTaken>;
  find(id: UserId): ResultAsync<User, UserNotFound>;
  findByEmail(email: EmailAddress): ResultAsync<User, UserNotFound>;
  /** Whether anybody holds the role of an administrator. */
  hasAdmin(): ResultAsync<boolean, never>;
  /** Stores what became of a user that was read before, with its events. */
  save(user: User): ResultAsync<void, ConcurrentUpdate>;
  /**
   * Those who can let others in, held fast until the transaction ends: whoever would take
   * one of them away at the same time waits, and then counts those who are left.
   */
  holdActiveAdmins(): ResultAsync<readonly UserId[], never>;
}

/** Looking somebody up outside a transaction. */
export type UserReader = Pick<UserRepository, 'find' | 'findByEmail'>;
