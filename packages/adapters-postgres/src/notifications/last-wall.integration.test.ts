import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  aWebhookDelivery,
  aWebhookEndpoint,
  givenCustomer,
  SHOP,
} from '@kastoma/application/testing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

/** SQLSTATE: a check, a unique key, a reference; since PostgreSQL 18 a restricted delete has a code of its own. */
const CHECK = /^23514$/;
const UNIQUE = /^23505$/;
const REFERENCE = /^(?:23503|23001)$/;

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  const shop = postgresShop(test.database);
  const endpoint = aWebhookEndpoint(await givenCustomer(shop));
  const message = aWebhookDelivery(endpoint.state.id);
  const run = await shop.notifications.run(SHOP, ({ endpoints, deliveries }) =>
    endpoints.add(endpoint).andThen(() => deliveries.add([message])),
  );
  expect(run.isOk()).toBe(true);
});

afterAll(async () => {
  await test.drop();
});

const ENDPOINTS = 'update notifications.webhook_endpoints set';
const DELIVERIES = 'update notifications.webhook_deliveries set';

const attempts: readonly [title: string, code: RegExp, sql: string][] = [
  ['an endpoint that is called by other means', CHECK, `${ENDPOINTS} url = 'file:///etc/passwd'`],
  ['an endpoint that is told of nothing', CHECK, `${ENDPOINTS} event_types = '{}'`],
  ['an endpoint without a secret', CHECK, `${ENDPOINTS} sealed_secret = ''`],
  ['an old secret that never ends', CHECK, `${ENDPOINTS} previous_sealed_secret = 'x'`],
  ['an endpoint that is deleted and called', CHECK, `${ENDPOINTS} deleted_at = now()`],
  ['an endpoint that is off and on', CHECK, `${ENDPOINTS} disabled_because = 'failing'`],
  [
    'an endpoint that is off for no known reason',
    CHECK,
    `${ENDPOINTS} active = false, disabled_because = 'mood'`,
  ],
  [
    'an endpoint that is gone from under its log',
    REFERENCE,
    'delete from notifications.webhook_endpoints',
  ],
  ['a delivery that is lost', CHECK, `${DELIVERIES} status = 'lost', due_at = null`],
  ['a delivery that waits for no time', CHECK, `${DELIVERIES} due_at = null`],
  ['a delivery that is done and due', CHECK, `${DELIVERIES} status = 'delivered'`],
  ['an answer to no attempt', CHECK, `${DELIVERIES} answered_status = 200`],
  [
    'an answer that is none',
    CHECK,
    `${DELIVERIES} last_attempt_at = now(), took_milliseconds = 1, answered_status = 0`,
  ],
  ['a delivery of less than nothing', CHECK, `${DELIVERIES} attempts = -1`],
  [
    'one message twice for one endpoint',
    UNIQUE,
    `insert into notifications.webhook_deliveries
       (id, endpoint_id, message_id, event_type, correlation_id, body, created_at, due_at)
     select gen_random_uuid(), endpoint_id, message_id, event_type, correlation_id, body, now(), now()
     from notifications.webhook_deliveries`,
  ],
];

describe('the database itself has no such thing as', () => {
  it.each(attempts)('%s', async (_title, code, sql) => {
    const outcome = await test.database
      .begin(async (transaction) => {
        await transaction.unsafe(sql);
      })
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: expect.stringMatching(code) as string });
  });
});

describe('the log of what happens to orders', () => {
  it('holds back what was committed after a transaction that still runs, and loses neither', async () => {
    const shop = postgresShop(test.database);
    const { orderEventLog } = shop;
    const beginning = await orderEventLog.now();
    const release = Promise.withResolvers<void>();
    const isOpen = Promise.withResolvers<void>();
    const told = (sql: typeof test.database, id: string) => sql`
      insert into core.outbox
        (id, type, schema_version, aggregate_id, aggregate_version, occurred_at, correlation_id, actor, payload)
      values (
        ${id}, 'ordering.order_confirmed', 1, ${id}, 1, now(), 'asked', 'system',
        ${sql.json({ orderId: id, number: 'KAS-1' })}
      )
    `;
    // The later id is written first, and committed last.
    const [slow, quick] = [
      '0199c0de-0000-7000-8000-0000000000ff',
      '0199c0de-0000-7000-8000-00000000000a',
    ] as const;
    const slowly = test.database.begin(async (sql) => {
      await told(sql as unknown as typeof test.database, slow);
      isOpen.resolve();
      await release.promise;
    });
    await isOpen.promise;
    await told(test.database, quick);
    expect(await orderEventLog.after(beginning, 10)).toEqual([]);
    expect(await orderEventLog.last()).toBeNull();
    release.resolve();
    await slowly;
    const ids = async () => (await orderEventLog.after(beginning, 10)).map(({ event }) => event.id);
    await expect.poll(ids, { timeout: 10_000 }).toEqual([slow, quick]);
    const [first] = await orderEventLog.after(beginning, 1);
    if (first === undefined) expect.fail('Nothing was told.');
    const rest = await orderEventLog.after(first.position, 10);
    expect(rest.map(({ event }) => event.id)).toEqual([quick]);
  });

  it('is read by its index, however much else has happened', async () => {
    const sql = test.database;
    await sql`
      insert into core.outbox
        (id, type, schema_version, aggregate_id, aggregate_version, occurred_at, correlation_id, actor, payload)
      select
        gen_random_uuid(), 'catalog.product_changed', 1, gen_random_uuid(), 1, now(), 'asked', 'system', '{}'
      from generate_series(1, 20000)
    `;
    await sql`analyze core.outbox`;
    const plan = await sql<{ 'QUERY PLAN': string }[]>`
      explain select id from core.outbox
      where (type like 'ordering.%' or type like 'payments.%') and type = any(array['ordering.order_placed'])
        and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        and (transaction_id, id) > ('1'::xid8, '0199c0de-0000-7000-8000-0000000000ff'::uuid)
      order by transaction_id, id
      limit 100
    `;
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('outbox_of_orders');
  });
});
