import type { PersonalTable } from './personal-table.ts';

export const CORE_TABLES: readonly PersonalTable[] = [
  {
    table: 'core.outbox',
    records: 'events',
    isOf: (sql, userId) => sql`
      aggregate_id = ${userId} or actor = ${`user:${userId}`}
      or payload ->> 'userId' = ${userId} or payload ->> 'customerId' = ${userId}
    `,
    forget: async (sql, userId) => {
      // Earlier versions told the address of who had registered.
      await sql`
        update core.outbox
        set payload = payload - 'email'
        where aggregate_id = ${userId} and payload ? 'email'
      `;
      await sql`
        update core.outbox
        set payload = payload || '{"reason": ""}'
        where type = 'ordering.order_cancelled'
          and (
            actor = ${`user:${userId}`}
            or aggregate_id in (
              select aggregate_id from core.outbox where payload ->> 'customerId' = ${userId}
            )
          )
          and payload ->> 'reason' not in ('', 'expired')
      `;
    },
  },
  {
    table: 'core.deliveries',
    records: 'event_deliveries',
    isOf: (sql, userId) => sql`
      aggregate_id = ${userId} or event_id in (
        select id from core.outbox
        where actor = ${`user:${userId}`}
          or payload ->> 'userId' = ${userId} or payload ->> 'customerId' = ${userId}
      )
    `,
  },
  {
    table: 'core.audit_entries',
    records: 'audit_entries',
    // It tells accounts by their ids alone, and nobody can take anything out of it.
    isOf: (sql, userId) => sql`actor = ${`user:${userId}`} or subject_id = ${userId}`,
  },
  {
    table: 'core.idempotency_keys',
    records: 'kept_answers',
    isOf: (sql, userId) => sql`starts_with(scope, ${`user:${userId} `})`,
    forget: async (sql, userId) => sql`
      delete from core.idempotency_keys where starts_with(scope, ${`user:${userId} `})
    `,
  },
];
