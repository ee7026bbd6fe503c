import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  aUser,
  customersContract,
  givenCustomer,
  givenOrder,
  givenUser,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { UserId } from '@kastoma/domain/core';

import { postgresShop, postgresShopsOn } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PostgresCustomers } from './customers.read-view.ts';

customersContract(postgresShopsOn(inject('postgresUrl')));

describe('what happens to an account and its orders', () => {
  let test: TestDatabase;
  let shop: ShopPorts;
  let customers: PostgresCustomers;

  beforeAll(async () => {
    test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
    shop = postgresShop(test.database);
    customers = new PostgresCustomers(test.database);
  });

  afterAll(() => test.drop());

  it('whoever closed the account is a customer no more, and in no group', async () => {
    const user = await givenUser(shop, aUser({ groups: ['vip'] }));
    const { id } = user.state;
    expect(await customers.exists(id)).toBe(true);
    expect((await buyer(id)).groups).toEqual(['vip']);
    await test.database`update identity.users set deleted_at = now() where id = ${id}`;
    expect(await customers.exists(id)).toBe(false);
    expect((await buyer(id)).groups).toEqual([]);
  });

  it('whose orders are all cancelled orders for the first time again', async () => {
    const customerId = await givenCustomer(shop);
    const first = await givenOrder(shop, customerId);
    const second = await givenOrder(shop, customerId);
    const isFirstOrder = async () => (await buyer(customerId)).isFirstOrder;
    await cancel(first.state.id);
    expect(await isFirstOrder()).toBe(false);
    await cancel(second.state.id);
    expect(await isFirstOrder()).toBe(true);
  });

  async function buyer(id: UserId) {
    const asked = { at: shop.clock.now(), codes: [], customer: { id, email: null } };
    return (await shop.promotionsInForce.forCart(asked)).buyer;
  }

  async function cancel(orderId: string): Promise<void> {
    await test.database`update ordering.orders set status = 'cancelled' where id = ${orderId}`;
  }
});
