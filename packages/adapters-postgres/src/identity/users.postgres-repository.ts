import { err, ok, ResultAsync } from 'neverthrow';

import type { UserReader, UserRepository } from '@kastoma/application/identity';
import type { Role, UserId } from '@kastoma/domain/core';
import {
  User,
  type EmailAddress,
  type EmailTaken,
  type PasswordHash,
  type UserNotFound,
} from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type UserRow = {
  id: UserId;
  email: EmailAddress;
  password_hash: PasswordHash;
  first_name: string;
  last_name: string;
  role: Role;
  groups: readonly string[];
  email_verified: boolean;
  created_at: Date;
  version: number;
};

export class PostgresUserReader implements UserReader {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(id: UserId): ResultAsync<User, UserNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<UserRow[]>`
      select id, email, password_hash, first_name, last_name, role, groups, email_verified, created_at, version
      from identity.users
      where id = ${id} and deleted_at is null
    `).andThen(onlyUser);
  }

  findByEmail(email: EmailAddress): ResultAsync<User, UserNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<UserRow[]>`
      select id, email, password_hash, first_name, last_name, role, groups, email_verified, created_at, version
      from identity.users
      where email = ${email} and deleted_at is null
    `).andThen(onlyUser);
  }
}

export class PostgresUserRepository extends PostgresUserReader implements UserRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    super(sql);
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(user: User): ResultAsync<void, EmailTaken> {
    return ResultAsync.fromSafePromise(this.#insert(user)).andThen((inserted) =>
      inserted ? ok() : err({ code: 'identity.email_taken' as const }),
    );
  }

  hasAdmin(): ResultAsync<boolean, never> {
    return ResultAsync.fromSafePromise(this.#sql<{ present: boolean }[]>`
      select exists (
        select from identity.users where role = 'admin' and deleted_at is null
      ) as present
    `).map(([row]) => row?.present === true);
  }

  async #insert({ state, version, pending }: User): Promise<boolean> {
    const inserted = await this.#sql`
      insert into identity.users (
        id, email, password_hash, first_name, last_name, role, groups, email_verified, created_at, version
      )
      values (
        ${state.id}, ${state.email}, ${state.passwordHash}, ${state.firstName}, ${state.lastName},
        ${state.role}, ${state.groups as string[]}, ${state.emailVerified}, ${toTimestamp(state.createdAt)}, ${version}
      )
      on conflict (email) where deleted_at is null do nothing
      returning id
    `;
    if (inserted.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}

function onlyUser([row]: readonly UserRow[]) {
  if (row === undefined) return err({ code: 'identity.user_not_found' as const });
  const { id, email, role, groups, version } = row;
  return ok(
    User.restore(
      {
        id,
        email,
        passwordHash: row.password_hash,
        firstName: row.first_name,
        lastName: row.last_name,
        role,
        groups,
        emailVerified: row.email_verified,
        createdAt: fromTimestamp(row.created_at),
      },
      version,
    ),
  );
}
