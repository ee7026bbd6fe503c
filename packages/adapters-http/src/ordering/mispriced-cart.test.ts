import { expect, it } from 'vitest';

import {
  anAccess,
  clicksOf,
  dollars,
  FakeAccessTokens,
  givenCustomer,
  givenVariant,
  inMemoryShop,
  orderingUseCases,
  type PricingChange,
} from '@kastoma/application/testing';
import { Defect, type Currency } from '@kastoma/domain/core';

import { createHttpApp, type HttpDependencies } from '../http-app.ts';

type Failure = Parameters<HttpDependencies['reportFailure']>[0];

const DEAR = '90000000000000000.00';

/** Places an order of one lamp at such a price, in a shop that prices so; gives the answer, and what was reported. */
async function order(price: string, pricing: PricingChange) {
  const shop = inMemoryShop();
  const customerId = await givenCustomer(shop);
  const { variantId } = await givenVariant(shop, 5, { variants: [{ price: '10.00' }] });
  expect((await clicksOf(customerId, orderingUseCases(shop)).addVariant(variantId, 2)).isOk()).toBe(
    true,
  );
  const accessTokens = new FakeAccessTokens();
  const { token } = await accessTokens.issue(anAccess(customerId), shop.clock.now());
  const { placeOrder } = orderingUseCases(shop, {
    pricing,
    change: (offer) => [{ ...offer, unitPrice: dollars(price) }],
  });
  const reported: Failure[] = [];
  const app = createHttpApp({
    catalog: {},
    settings: { currency: 'USD' as Currency },
    identity: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: { placeOrder, orderQueries: shop.orderQueries },
    accessTokens,
    clock: shop.clock,
    ids: shop.ids,
    healthChecks: [],
    isShuttingDown: () => false,
    isUnavailable: () => false,
    reportFailure: (failure: Failure) => reported.push(failure),
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  const address = {
    name: 'Ada Lovelace',
    line1: '12 St James’s Square',
    city: 'London',
    postal_code: 'SW1Y 4JH',
    country: 'GB',
  };
  const response = await app.request('/api/v1/orders', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': 'one',
    },
    body: JSON.stringify({ shipping_address: address, payment_method: 'manual' }),
  });
  return { status: response.status, text: await response.text(), reported };
}

it('amounts that contradict each other are a failure of ours, and reported', async () => {
  const { status, text, reported } = await order('10.00', (standard) => ({
    shippingMethods: standard.shippingMethods,
    price: (request) =>
      standard.price(request).map((priced) => ({
        ...priced,
        totals: { ...priced.totals, total: dollars('1.00') },
      })),
  }));
  expect(status).toBe(500);
  expect(text).toContain('service.internal_error');
  expect(text).not.toContain('contradict');
  expect(reported.map(({ error }) => error)).toEqual([expect.any(Defect)]);
});

it('a cart that is too dear to be true is the shopper’s, and nobody is woken up', async () => {
  const { status, text, reported } = await order(DEAR, (standard) => standard);
  expect(status).toBe(422);
  expect(text).toContain('ordering.cart_not_priceable');
  expect(reported).toEqual([]);
});
