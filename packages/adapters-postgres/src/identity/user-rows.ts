import type { CustomerGroup, Role, UserId } from '@kastoma/domain/core';
import {
  User,
  type AvatarUrl,
  type BirthDate,
  type EmailAddress,
  type Locale,
  type PasswordHash,
} from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp } from '../core/timestamp.ts';

export type UserRow = {
  id: UserId;
  email: EmailAddress;
  password_hash: PasswordHash;
  first_name: string;
  last_name: string;
  phone: string | null;
  locale: Locale | null;
  birth_date: BirthDate | null;
  avatar: AvatarUrl | null;
  marketing_consent_at: Date | null;
  role: Role;
  groups: readonly CustomerGroup[];
  email_verified: boolean;
  token_version: number;
  created_at: Date;
  deactivated_at: Date | null;
  version: number;
};

/** What a row is read with; a day of the calendar comes as text, since the driver would make a time of it. */
export function userColumns(sql: Queryable) {
  return sql`
    id, email, password_hash, first_name, last_name, phone, locale, birth_date::text as birth_date,
    avatar, marketing_consent_at, role, groups, email_verified, token_version, created_at,
    deactivated_at, version
  `;
}

/** Rows of erased accounts are not read. */
export function toUser(row: UserRow): User {
  const { id, email, phone, locale, avatar, role, groups, version } = row;
  return User.restore(
    {
      id,
      email,
      passwordHash: row.password_hash,
      firstName: row.first_name,
      lastName: row.last_name,
      phone,
      locale,
      birthDate: row.birth_date,
      avatar,
      marketingConsentAt: instantOrNull(row.marketing_consent_at),
      role,
      groups,
      emailVerified: row.email_verified,
      tokenVersion: row.token_version,
      createdAt: fromTimestamp(row.created_at),
      deactivatedAt: instantOrNull(row.deactivated_at),
      erasedAt: null,
    },
    version,
  );
}

function instantOrNull(timestamp: Date | null) {
  return timestamp === null ? null : fromTimestamp(timestamp);
}
