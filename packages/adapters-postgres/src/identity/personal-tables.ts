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
    table: 'identity.second_factors',
    records: 'second_factors',
    isOf: (sql, userId) => sql`user_id = ${userId}`,
    withheld: ['sealed_secret', 'last_used_step', 'recovery_code_hashes'],
    forget: async (sql, userId) =>
      sql`delete from identity.second_factors where user_id = ${userId}`,
  },
  {
    table: 'identity.one_time_tokens',
    records: 'one_time_tokens',
    isOf: (sql, userId) => sql`user_id = ${userId}`,
    withheld: ['hash'],
    forget: async (sql, userId) =>
      sql`delete from identity.one_time_tokens where user_id = ${userId}`,
  },
  {
    table: 'identity.api_keys',
    records: 'api_keys',
    isOf: (sql, userId) => sql`created_by = ${userId}`,
    withheld: ['hash'],
    // They are the shop's, and go on working: all that tells who made one is the id of the account.
  },
];
