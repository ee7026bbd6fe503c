import type { PersonalTable } from '../core/personal-table.ts';

export const NOTIFICATIONS_TABLES: readonly PersonalTable[] = [
  {
    table: 'notifications.webhook_endpoints',
    records: 'webhook_endpoints',
    isOf: (sql, userId) => sql`created_by = ${userId}`,
    withheld: ['sealed_secret', 'previous_sealed_secret'],
    // They are the shop's, and go on working: all that tells who made one is the id of the account.
  },
];
