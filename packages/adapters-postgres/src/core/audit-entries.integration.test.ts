import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { AuditFilter, AuditPlace } from '@kastoma/application/core';
import { auditQueriesContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PostgresAuditQueries } from './audit-entries.ts';

auditQueriesContract(postgresShopsOn(inject('postgresUrl')));

const ENTRIES = 12_000;
const SOMEBODY = '0199c0de-0000-7000-8000-000000000007';
const ALL: AuditFilter = { actor: null, action: null, subject: null, from: null, to: null };

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 1 });
  await test.database`
    insert into core.audit_entries (
      id, occurred_at, actor, action, subject_type, subject_id, correlation_id, detail
    )
    select
      gen_random_uuid(), timestamptz '2026-01-01Z' + n * interval '1 minute',
      case when n % 400 = 0 then 'user:' || ${SOMEBODY}::text else 'user:' || n % 40 end,
      case when n % 400 = 1 then 'identity.role_changed' else 'identity.session_opened' end,
      'user', case when n % 400 = 2 then ${SOMEBODY}::uuid else gen_random_uuid() end, 'test', '{}'
    from generate_series(1, ${ENTRIES}) n
  `;
  await test.database`analyze core.audit_entries`;
});

afterAll(() => test.drop());

describe('an entry of the audit trail', () => {
  it.each([
    ['changed', "update core.audit_entries set actor = 'nobody'"],
    ['changed to what it was', 'update core.audit_entries set actor = actor where false'],
    ['deleted', 'delete from core.audit_entries'],
    ['deleted where there is none', 'delete from core.audit_entries where false'],
    ['swept away with the others', 'truncate core.audit_entries'],
    ['swept away with what hangs on it', 'truncate core.audit_entries cascade'],
    [
      'deleted by who plays a replica',
      'set local session_replication_role = replica; delete from core.audit_entries',
    ],
  ])('cannot be %s', async (_, sql) => {
    const attempt = test.database.begin((transaction) => transaction.unsafe(sql));
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
    const [left] = await test.database<{ count: number }[]>`
      select count(*)::int as count from core.audit_entries where actor <> 'nobody'
    `;
    expect(left?.count).toBe(ENTRIES);
  });
});

describe('the last wall', () => {
  it.each([
    ['has no actor', "'', 'core.deed', null, null, '{}'"],
    ['has an action that no event has', "'system', 'a deed', null, null, '{}'"],
    ['was done to some user', "'system', 'core.deed', 'user', null, '{}'"],
    ['was done to something', `'system', 'core.deed', null, '${SOMEBODY}', '{}'`],
    [
      'tells a story',
      "'system', 'core.deed', null, null, jsonb_build_object('a', repeat('x', 9000))",
    ],
    ['tells no facts', "'system', 'core.deed', null, null, '[]'"],
  ])('keeps out what %s', async (_, values) => {
    const attempt = test.database.unsafe(`
      insert into core.audit_entries (
        actor, action, subject_type, subject_id, detail, id, occurred_at, correlation_id
      ) values (${values}, gen_random_uuid(), now(), 'test')
    `);
    await expect(attempt).rejects.toMatchObject({ code: '23514' });
  });
});

describe('a question to the audit trail', () => {
  const first = new Date('2026-01-02').getTime();
  it.each([
    ['everything', {}, 'audit_entries_newest'],
    ['everything in a few minutes', { from: first, to: first + 600_000 }, 'audit_entries_newest'],
    ['what somebody did', { actor: `user:${SOMEBODY}` }, 'audit_entries_actor'],
    ['one kind of deed', { action: 'identity.role_changed' }, 'audit_entries_action'],
    [
      'what was done to somebody',
      { subject: { type: 'user', id: SOMEBODY } },
      'audit_entries_subject',
    ],
  ] as const)(
    'for %s is answered by its index, from any place on, without a look at every entry',
    async (_, filter, index) => {
      for (const after of [null, { ordering: 'newest', keys: [first, SOMEBODY] } as const]) {
        const plan = await planOf({ ...ALL, ...(filter as Partial<AuditFilter>) }, after);
        expect(plan).toContain(index);
        expect(plan).not.toContain('Seq Scan');
      }
    },
  );
});

/** How PostgreSQL answers the very statement that is sent. */
async function planOf(filter: AuditFilter, after: AuditPlace | null): Promise<string> {
  let plan = '';
  const explaining = (strings: TemplateStringsArray, ...values: never[]) => {
    const [opening = '', ...rest] = strings;
    if (!opening.includes('select')) return test.database(strings, ...values);
    const texts = [`explain ${opening}`, ...rest];
    return test.database(Object.assign(texts, { raw: texts }), ...values).then((rows) => {
      plan = rows.map((row) => row['QUERY PLAN'] as string).join('\n');
      return [];
    });
  };
  await new PostgresAuditQueries(explaining as never).list(filter, { after, pageSize: 20 });
  return plan;
}
