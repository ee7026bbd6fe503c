import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { givenCoupon, givenPromotion, givenVariant } from '@kastoma/application/testing';
import type { VariantId } from '@kastoma/domain/core';

import { openCountedShop, type CountedShop } from './counted-shop.ts';
import { ADDRESS, newKey } from './goods.ts';

let shop: CountedShop;
let mug: VariantId;
let lamp: VariantId;
let shoppers = 0;

beforeAll(async () => {
  shop = await openCountedShop();
  mug = (await givenVariant(shop.ports, 100)).variantId;
  lamp = (await givenVariant(shop.ports, 100)).variantId;
});
afterAll(() => shop.close());

type Ask = (method: string, path: string, body?: object, more?: object) => Promise<number>;

/** Somebody who shops; each request tells how many statements it cost. */
function shopperWith(known: Readonly<Record<string, string>>): Ask {
  let headers = { 'Content-Type': 'application/json', ...known };
  return async (method, path, body, more = {}) => {
    const init = { method, headers: { ...headers, ...more } };
    const sent = body === undefined ? init : { ...init, body: JSON.stringify(body) };
    const answer = await shop.ask(path, sent);
    expect([200, 201], answer.text).toContain(answer.status);
    const token = answer.headers.get('x-cart-token');
    if (token !== null) headers = Object.assign({}, headers, { 'X-Cart-Token': token });
    return answer.statements.length;
  };
}

async function aCustomer(): Promise<Ask> {
  shoppers += 1;
  const account = {
    email: `shopper-${shoppers}@people.example`,
    password: 'a long enough pass phrase',
    first_name: 'Ada',
    last_name: 'Lovelace',
  };
  const registered = await shop.ask('/auth/register/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(account),
  });
  const { data } = JSON.parse(registered.text) as { data: { access: string } };
  const ask = shopperWith({ Authorization: `Bearer ${data.access}` });
  // Whether the account still stands is asked once in a while, and not with each request.
  await ask('GET', '/users/me/');
  return ask;
}

const aGuest = async (): Promise<Ask> => shopperWith({});

/** A whole checkout, request by request. */
async function checkOut(ask: Ask): Promise<readonly number[]> {
  return [
    await ask('POST', '/cart/add_item/', { variant_id: mug, quantity: 1 }),
    await ask('PUT', '/cart/address/', ADDRESS),
    await ask('PUT', '/cart/shipping/', { method: 'express' }),
    await placing(ask),
  ];
}

function placing(ask: Ask, more: object = {}): Promise<number> {
  const body = { payment_method: 'manual', email: 'ada@people.example', ...more };
  return ask('POST', '/orders/', body, newKey());
}

const MOST_OF_A_PLACEMENT = 10;
const MOST_OF_A_CHECKOUT = 30;

describe('the round trips of', () => {
  it.each([
    ['a guest', aGuest, [6, 6, 6, 9]],
    ['a customer', aCustomer, [9, 6, 6, 9]],
  ] as const)('a whole checkout of %s are few', async (_who, comes, expected) => {
    const cost = await checkOut(await comes());
    for (const [request, most] of expected.entries())
      expect(cost[request]).toBeLessThanOrEqual(most);
    expect(cost.at(-1)).toBeLessThanOrEqual(MOST_OF_A_PLACEMENT);
    expect(cost.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(MOST_OF_A_CHECKOUT);
  });

  it('a placement do not grow with its items, its promotions and their limits', async () => {
    const limits = { total: 5, perCustomer: 1 };
    const codes = await Promise.all(
      ['line', 'order'].map(async () => {
        const promotion = await givenPromotion(shop.ports, { limits, automatic: false });
        return (await givenCoupon(shop.ports, promotion, { singleUse: true })).state.code;
      }),
    );
    await givenPromotion(shop.ports, { limits: { total: 100 } });
    const ask = await aCustomer();
    await ask('POST', '/cart/add_item/', { variant_id: mug, quantity: 2 });
    await ask('POST', '/cart/add_item/', { variant_id: lamp, quantity: 3 });
    for (const code of codes) await ask('POST', '/cart/coupons/', { code });
    await ask('PUT', '/cart/address/', ADDRESS);
    expect(await placing(ask)).toBeLessThanOrEqual(MOST_OF_A_PLACEMENT);
  });

  it('looking at carts and orders are few', async () => {
    const ask = await aCustomer();
    await checkOut(ask);
    await ask('POST', '/cart/add_item/', { variant_id: mug, quantity: 1 });
    expect(await ask('GET', '/cart/')).toBeLessThanOrEqual(3);
    expect(await ask('GET', '/orders/')).toBeLessThanOrEqual(5);
  });
});
