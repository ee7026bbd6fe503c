import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { TestGatewayAccount } from '@kastoma/application/payments';
import { times } from '@kastoma/application/testing';
import type { Instant } from '@kastoma/domain/core';

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PostgresTestGatewayLedger } from './test-gateway.postgres-ledger.ts';

let test: TestDatabase;
let ledger: PostgresTestGatewayLedger;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'));
  ledger = new PostgresTestGatewayLedger(test.database);
});

afterAll(async () => {
  await test.drop();
});

const account: TestGatewayAccount = {
  currency: 'USD',
  authorized: 9_007_199_254_740_993n,
  captured: 0n,
  refunded: 0n,
  isReleased: false,
  behaviour: 'tok_success',
  undecided: { amount: 1_599n, decidedAt: 5 as Instant },
};

it('the gateway for tests remembers what it did, to the cent', async () => {
  expect(await ledger.find('test_1')).toBeNull();
  const done = { account, answer: { name: 'under_way' } } as const;
  expect(await ledger.once('test_1', 'key', () => done)).toEqual({ ...done, isRepeated: false });
  expect(await ledger.find('test_1')).toEqual(account);
  const other = { account: { ...account, undecided: null }, answer: done.answer };
  expect(await ledger.once('test_1', 'key', () => other)).toEqual({ ...done, isRepeated: true });
});

it('the gateway for tests does a thing once under its key, and loses nothing that is asked at once', async () => {
  const capture = (key: string) =>
    ledger.once('test_2', key, (known) => ({
      account: { ...account, ...known, captured: (known?.captured ?? 0n) + 1n },
      answer: { name: 'succeeded' },
    }));
  const one = await times(5, () => capture('same'));
  expect(one.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
  await times(5, (index) => capture(`other ${index}`));
  expect((await ledger.find('test_2'))?.captured).toBe(6n);
});
