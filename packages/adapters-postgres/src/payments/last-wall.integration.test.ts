import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  aPayment,
  builderIds,
  dollars,
  givenCustomer,
  givenOrder,
  SHOP,
} from '@kastoma/application/testing';
import type { Instant, PaymentOperationId } from '@kastoma/domain/core';

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
  const order = await givenOrder(shop, await givenCustomer(shop));
  const asked = aPayment(order.state.id, dollars('15.99'), 'test')
    .authorize(builderIds.next<PaymentOperationId>(), 'tok_visa', 0 as Instant)
    ._unsafeUnwrap();
  const run = await shop.payments.run(SHOP, ({ payments, events }) =>
    payments
      .add(asked)
      .andThen(() =>
        events.take({ provider: 'test', id: 'evt_1', paymentId: asked.state.id }, 0 as Instant),
      ),
  );
  expect(run.isOk()).toBe(true);
});

afterAll(async () => {
  await test.drop();
});

const attempts: readonly [title: string, code: RegExp, sql: string][] = [
  ['takes what was not promised', CHECK, 'update payments.payments set captured = 1'],
  [
    'gives back what did not come in',
    CHECK,
    'update payments.payments set authorized = 2, captured = 1, refunded = 2',
  ],
  [
    'moves less than nothing',
    CHECK,
    'update payments.payments set refunded = -1, captured = -1, authorized = -1',
  ],
  ['is paid in shells', CHECK, "update payments.payments set method = 'shells'"],
  [
    'gives back money for an order that stands',
    CHECK,
    'update payments.payments set give_back_at = now()',
  ],
  [
    'has the name of another payment with its provider',
    UNIQUE,
    "update payments.payments set reference = 'pi_1', method = 'test'",
  ],
  ['is asked for nothing', CHECK, 'update payments.operations set amount = 0'],
  ['is asked for something unknown', CHECK, "update payments.operations set kind = 'gift'"],
  ['is over and was never settled', CHECK, "update payments.operations set outcome = 'succeeded'"],
  [
    'is refused for no reason',
    CHECK,
    "update payments.operations set outcome = 'declined', settled_at = now(), token = null",
  ],
  [
    'keeps what was paid with',
    CHECK,
    "update payments.operations set outcome = 'succeeded', settled_at = now()",
  ],
  [
    'is promised twice',
    UNIQUE,
    `insert into payments.operations (id, payment_id, position, kind, amount, outcome, requested_at)
     select gen_random_uuid(), payment_id, 1, kind, amount, outcome, requested_at from payments.operations`,
  ],
  [
    'is told the same event twice',
    UNIQUE,
    `insert into payments.provider_events
     select provider, event_id, payment_id, now() from payments.provider_events`,
  ],
  ['is forgotten while it is known by others', REFERENCE, 'delete from payments.payments'],
];

describe('the database itself has no payment that', () => {
  it.each(attempts)('%s', async (_title, code, sql) => {
    const outcome = await test.database
      .begin(async (transaction) => {
        await transaction.unsafe(sql);
      })
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: expect.stringMatching(code) as string });
  });
});
