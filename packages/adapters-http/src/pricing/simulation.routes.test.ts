import { beforeEach, describe, expect, it } from 'vitest';

import {
  NEW_STORE_PRICING,
  OrderingSimulationSubjects,
  SimulatePromotion,
} from '@kastoma/application/pricing';
import {
  anAccess,
  FakeAccessTokens,
  givenCart,
  givenCustomer,
  givenOrder,
  givenVariant,
  inMemoryShop,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { Role, UserId } from '@kastoma/domain/core';

import { createHttpApp, type HttpApp, type HttpDependencies } from '../http-app.ts';

type Told = {
  readonly data: object | null;
  readonly errors: readonly { code: string; path: string | null }[] | null;
};

const TENTH = { name: 'A tenth off', effect: { type: 'percentage', percentage: '10' } };

let shop: ShopPorts;
let app: HttpApp;
let bearerOf: (role: Role) => Promise<string>;

beforeEach(() => {
  shop = inMemoryShop();
  const { carts, offers, customers, orderQueries, promotionsInForce: promotions } = shop;
  const { settings, clock, pricing: unitOfWork } = shop;
  const reading = { carts, offers, customers, orderQueries, promotions, settings, clock };
  const subjects = new OrderingSimulationSubjects({ ...reading, store: NEW_STORE_PRICING });
  const pause = { for: async () => undefined };
  const simulatePromotion = new SimulatePromotion({ subjects, ids: shop.ids, pause, unitOfWork });
  const accessTokens = new FakeAccessTokens();
  bearerOf = async (role) => {
    const claims = anAccess(shop.ids.next<UserId>(), role);
    return `Bearer ${(await accessTokens.issue(claims, clock.now())).token}`;
  };
  app = createHttpApp({
    accessTokens,
    clock,
    ids: shop.ids,
    settings: shop.settings,
    identity: {},
    catalog: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    promotions: { simulatePromotion },
    healthChecks: [],
    reportFailure: ({ error }: { error: unknown }) => expect.fail(String(error)),
    isUnavailable: () => false,
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
});

async function simulate(body: object, role: Role = 'staff') {
  const response = await app.request('/api/v1/promotions/simulate', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: await bearerOf(role) },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Told) };
}

const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('trying a draft', () => {
  it('on a cart says what it costs before and after', async () => {
    const variant = await givenVariant(shop, 9, { variants: [{ price: '10.00' }] });
    const cart = await givenCart(shop, await givenCustomer(shop), [{ ...variant, quantity: 2 }]);
    const { id } = cart.state;
    expect(await simulate({ promotion: TENTH, cart_id: id })).toMatchObject({
      status: 200,
      data: {
        carts: [
          {
            kind: 'cart',
            id,
            number: null,
            currency: 'USD',
            charged: null,
            changed: true,
            before: { discount: usd('0.00'), total: usd('25.99') },
            after: { discount: usd('2.00'), total: usd('23.99') },
            differences: { discount: usd('2.00'), total: usd('-2.00') },
            promotions: [
              {
                name: 'A tenth off',
                change: 'begins',
                discount: { before: usd('0.00'), after: usd('2.00'), difference: usd('2.00') },
              },
            ],
            reason: null,
            message: null,
          },
        ],
        summary: [{ currency: 'USD', carts: 1, changed: 1, not_priceable: [] }],
      },
    });
  });

  it('on the last orders says why it takes nothing off', async () => {
    const order = await givenOrder(shop, await givenCustomer(shop));
    const promotion = { ...TENTH, conditions: { minimum_subtotal: usd('50.00') } };
    expect(await simulate({ promotion, last_orders: 200 })).toMatchObject({
      status: 200,
      data: {
        carts: [
          {
            kind: 'order',
            number: order.state.number,
            charged: {
              discount: usd('0.00'),
              shipping: usd('5.99'),
              tax: usd('0.00'),
              total: usd('15.99'),
            },
            rejected: [],
            changed: false,
            reason: 'promotion.below_minimum',
            message: '“A tenth off” needs goods for 50.00, this cart has 10.00.',
          },
        ],
      },
    });
  });

  it.each([
    ['nothing', { promotion: TENTH }, 'cart_id'],
    ['too many orders', { promotion: TENTH, last_orders: 201 }, 'last_orders'],
    ['both', { promotion: TENTH, last_orders: 1, cart_id: crypto.randomUUID() }, 'cart_id'],
    ['a cart that is not there', { promotion: TENTH, cart_id: crypto.randomUUID() }, 'cart_id'],
    [
      'a draft that gives nothing',
      {
        promotion: { name: 'Nothing', effect: { type: 'percentage', percentage: '0' } },
        last_orders: 1,
      },
      'promotion.effect.percentage',
    ],
  ])('on %s is 422', async (_what, body, path) => {
    const { status, errors } = await simulate(body);
    expect(status).toBe(422);
    expect(errors?.[0]?.path).toBe(path);
  });

  it('is for those who work here', async () => {
    expect((await simulate({ promotion: TENTH, last_orders: 1 }, 'customer')).status).toBe(403);
  });
});
