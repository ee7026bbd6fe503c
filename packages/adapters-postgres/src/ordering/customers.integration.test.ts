import { expect, inject, it } from 'vitest';

import { customersContract, givenCustomer } from '@kastoma/application/testing';

import { postgresShop, postgresShopsOn } from '../testing/postgres-shop.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { PostgresCustomers } from './customers.read-view.ts';

customersContract(postgresShopsOn(inject('postgresUrl')));

it('whoever closed the account is a customer no more', async () => {
  const { database, drop } = await createTestDatabase(inject('postgresUrl'), { poolSize: 1 });
  try {
    const customerId = await givenCustomer(postgresShop(database));
    const customers = new PostgresCustomers(database);
    expect(await customers.exists(customerId)).toBe(true);
    await database`update identity.users set deleted_at = now() where id = ${customerId}`;
    expect(await customers.exists(customerId)).toBe(false);
  } finally {
    await drop();
  }
});
