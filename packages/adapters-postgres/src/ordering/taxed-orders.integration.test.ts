import { ok } from 'neverthrow';
import { describe, expect, inject, it } from 'vitest';

import {
  anAddress,
  asCustomer,
  clicksOf,
  givenCustomer,
  givenPromotion,
  givenVariant,
  orderingUseCases,
  pricesWithTax,
} from '@kastoma/application/testing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase } from '../testing/test-database.ts';

describe('an order with promotions and tax', () => {
  it.each(['inclusive', 'exclusive'] as const)(
    'passes the walls of the database and reads as it was placed: %s',
    async (prices) => {
      const { database, drop } = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
      const shop = postgresShop(database, pricesWithTax(prices));
      const customerId = await givenCustomer(shop);
      const { variantId } = await givenVariant(shop, 9, { variants: [{ price: '9.99' }] });
      await givenPromotion(shop);
      const useCases = orderingUseCases(shop);
      expect((await clicksOf(customerId, useCases).addVariant(variantId, 7)).isOk()).toBe(true);
      const unsaid = { email: null, billingAddress: null, shippingMethod: null, couponCodes: null };
      const how = { ...unsaid, quoteHash: null };
      const placed = await useCases.placeOrder.execute(
        { customerId, shippingAddress: anAddress(), ...how, paymentMethod: 'manual', notes: '' },
        asCustomer(customerId),
      );
      const order = placed._unsafeUnwrap();
      expect(order.prices).toBe(prices);
      expect(order.totals.tax.minorUnits).toBeGreaterThan(0n);
      expect(order.items[0]?.units.length).toBeGreaterThan(1);
      expect(await shop.orderQueries.find(order.id as never, null)).toEqual(ok(order));
      await drop();
    },
  );
});
