import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { UserReader, UserRepository } from '@kastoma/application/identity';
import type { Instant, UserId } from '@kastoma/domain/core';
import type { EmailAddress, EmailTaken, User, UserNotFound } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { toUser, userColumns, type UserRow } from './user-rows.ts';

export class PostgresUserReader implements UserReader {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(id: UserId): ResultAsync<User, UserNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<UserRow[]>`
      select ${userColumns(this.#sql)}
      from identity.users
      where id = ${id} and deleted_at is null
    `).andThen(onlyUser);
  }

  findByEmail(email: EmailAddress): ResultAsync<User, UserNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<UserRow[]>`
      select ${userColumns(this.#sql)}
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

  save(user: User): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(user)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  hasAdmin(): ResultAsync<boolean, never> {
    return ResultAsync.fromSafePromise(this.#sql<{ present: boolean }[]>`
      select exists (
        select from identity.users where role = 'admin' and deleted_at is null
      ) as present
    `).map(([row]) => row?.present === true);
  }

  holdActiveAdmins(): ResultAsync<readonly UserId[], never> {
    return ResultAsync.fromSafePromise(this.#sql<{ id: UserId }[]>`
      select id
      from identity.users
      where role = 'admin' and deleted_at is null and deactivated_at is null
      order by id
      for no key update
    `).map((rows) => rows.map(({ id }) => id));
  }

  async #insert({ state, version, pending }: User): Promise<boolean> {
    const inserted = await this.#sql`
      insert into identity.users (
        id, email, password_hash, first_name, last_name, phone, locale, birth_date, avatar,
        marketing_consent_at, role, groups, email_verified, created_at, deactivated_at, version
      )
      values (
        ${state.id}, ${state.email}, ${state.passwordHash}, ${state.firstName}, ${state.lastName},
        ${state.phone}, ${state.locale}, ${state.birthDate}, ${state.avatar},
        ${timestampOrNull(state.marketingConsentAt)}, ${state.role}, ${[...state.groups]},
        ${state.emailVerified}, ${toTimestamp(state.createdAt)},
        ${timestampOrNull(state.deactivatedAt)}, ${version}
      )
      on conflict (email) where deleted_at is null do nothing
      returning id
    `;
    if (inserted.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }

  async #update({ state, version, pending }: User): Promise<boolean> {
    const updated = await this.#sql`
      update identity.users
      set
        email = ${state.email}, password_hash = ${state.passwordHash},
        first_name = ${state.firstName}, last_name = ${state.lastName}, phone = ${state.phone},
        locale = ${state.locale}, birth_date = ${state.birthDate}, avatar = ${state.avatar},
        marketing_consent_at = ${timestampOrNull(state.marketingConsentAt)}, role = ${state.role},
        groups = ${[...state.groups]}, email_verified = ${state.emailVerified},
        deactivated_at = ${timestampOrNull(state.deactivatedAt)},
        deleted_at = ${timestampOrNull(state.erasedAt)}, version = ${version}
      where id = ${state.id} and version = ${version - pending.length} and deleted_at is null
      returning id
    `;
    if (updated.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}

function timestampOrNull(instant: Instant | null): Date | null {
  return instant === null ? null : toTimestamp(instant);
}

function onlyUser([row]: readonly UserRow[]) {
  return row === undefined ? err({ code: 'identity.user_not_found' as const }) : ok(toUser(row));
}
