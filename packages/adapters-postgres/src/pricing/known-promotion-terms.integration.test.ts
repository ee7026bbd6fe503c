import { expect, inject, it } from 'vitest';

import { givenPromotion } from '@kastoma/application/testing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase } from '../testing/test-database.ts';

it('the terms of a promotion are read once a version, however many carts are priced', async () => {
  const { database, drop } = await createTestDatabase(inject('postgresUrl'));
  const shop = postgresShop(database);
  const { id } = (await givenPromotion(shop, { name: 'Spring' })).state;
  const named = async () => {
    const customer = { id: null, email: null };
    const cart = { at: shop.clock.now(), codes: [], customer };
    return (await shop.promotionsInForce.forCart(cart)).promotions.map(({ name }) => name);
  };
  expect(await named()).toEqual(['Spring']);
  // Nobody but a test changes terms and leaves the version: so it is seen whether they are read anew.
  await database`
    update pricing.promotions set terms = jsonb_set(terms, '{name}', '"Summer"') where id = ${id}
  `;
  expect(await named()).toEqual(['Spring']);
  await database`update pricing.promotions set version = version + 1 where id = ${id}`;
  expect(await named()).toEqual(['Summer']);
  await drop();
});
