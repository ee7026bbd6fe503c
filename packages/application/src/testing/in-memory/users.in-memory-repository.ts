import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import {
  User,
  type EmailAddress,
  type EmailTaken,
  type UserNotFound,
} from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { UserReader, UserRepository } from '../../identity/user-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryUserReader implements UserReader {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(id: UserId): ResultAsync<User, UserNotFound> {
    return this.#only((user) => user.state.id === id);
  }

  findByEmail(email: EmailAddress): ResultAsync<User, UserNotFound> {
    return this.#only((user) => user.state.email === email);
  }

  #only(isMeant: (user: User) => boolean): ResultAsync<User, UserNotFound> {
    const users = [...this.#memory.tables.users.values()];
    const found = users.find((user) => user.state.erasedAt === null && isMeant(user));
    return found === undefined
      ? errAsync({ code: 'identity.user_not_found' })
      : okAsync(User.restore(found.state, found.version));
  }
}

export class InMemoryUserRepository extends InMemoryUserReader implements UserRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    super(memory);
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(user: User): ResultAsync<void, EmailTaken> {
    const { users } = this.#memory.tables;
    if ([...users.values()].some(({ state }) => state.email === user.state.email))
      return errAsync({ code: 'identity.email_taken' });
    users.set(user.state.id, user);
    this.#outbox.record(user.pending);
    return okAsync();
  }

  hasAdmin(): ResultAsync<boolean, never> {
    return okAsync(
      [...this.#memory.tables.users.values()].some(
        ({ state }) => state.role === 'admin' && state.erasedAt === null,
      ),
    );
  }

  save(user: User): ResultAsync<void, ConcurrentUpdate> {
    const { users } = this.#memory.tables;
    const stands = users.get(user.state.id);
    if (stands?.version !== user.version - user.pending.length || stands.state.erasedAt !== null)
      return errAsync({ code: 'core.concurrent_update' });
    const { tokenVersion } = stands.state;
    users.set(user.state.id, User.restore({ ...user.state, tokenVersion }, user.version));
    this.#outbox.record(user.pending);
    return okAsync();
  }

  holdActiveAdmins(): ResultAsync<readonly UserId[], never> {
    const users = [...this.#memory.tables.users.values()];
    return okAsync(
      users
        .filter((user) => user.state.role === 'admin' && user.isActive)
        .map(({ state }) => state.id),
    );
  }
}
