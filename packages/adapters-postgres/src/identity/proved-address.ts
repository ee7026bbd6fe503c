import type { UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** The address of an account, where its owner has proved it; for other contexts to compare with. */
export function provedAddressOf(sql: Queryable, userId: UserId) {
  return sql`(
    select email from identity.users where id = ${userId} and email_verified and deleted_at is null
  )`;
}
