import type { PersonalTable } from '../core/personal-table.ts';

export const IDENTITY_TABLES: readonly PersonalTable[] = [
  {
    table: 'identity.users',
    records: 'account',
    isOf: (sql, userId) => sql`id = ${userId}`,
    withheld: ['password_hash'],
    // The aggregate forgets what it knows; it is saved as any change of it is.
  },
  {
    table: 'identity.addresses',
    records: 'addresses',
    isOf: (sql, userId) => sql`user_id = ${userId}`,
    forget: async (sql, userId) => sql`delete from identity.addresses where user_id = ${userId}`,
  },
  {
    table: 'identity.sessions',
    records: 'sessions',
    isOf: (sql, userId) => sql`user_id = ${userId}`,
    withheld: ['family_hash', 'good_hashes', 'spent_hash'],
    forget: async (sql, userId) => sql`delete from identity.sessions where user_id = ${userId}`,
  },
  {
    table: 'identity.one_time_tokens',
    records: 'one_time_tokens',
    isOf: (sql, userId) => sql`user_id = ${userId}`,
    withheld: ['hash'],
    forget: async (sql, userId) =>
      sql`delete from identity.one_time_tokens where user_id = ${userId}`,
  },
];
