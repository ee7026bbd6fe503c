import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Product } from './wire.ts';

const NOBODYS = '0199c0de-0000-7000-8000-000000000000';

let shop: TestShop;
let mug: Product;
let stranger: Client;

beforeAll(async () => {
  shop = await openTestShop();
  mug = await stockMug(await shop.hire('staff'));
  stranger = await shop.signUp('stranger');
  const { id } = stranger.account.user;
  await shop.database`delete from identity.sessions where user_id = ${id}`;
  await shop.database`delete from identity.users where id = ${id}`;
});

afterAll(() => shop.close());

describe('a token that is signed correctly, for somebody whom the shop does not know', () => {
  it.each([
    ['POST', '/cart/add_item/', () => ({ product_id: mug.id, quantity: 1 })],
    ['PUT', '/cart/shipping/', () => ({ method: 'express' })],
    ['DELETE', '/cart/', () => undefined],
    ['PATCH', `/cart/items/${NOBODYS}/`, () => ({ quantity: 2 })],
    ['DELETE', `/cart/items/${NOBODYS}/`, () => undefined],
  ])('opens no cart: %s %s', async (method, path, body) => {
    const response = await stranger.send(method, `/api/v1${path}`, { body: body() });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(await response.json()).toMatchObject({
      success: false,
      errors: [{ code: 'identity.invalid_access_token', path: null }],
    });
  });

  it.each([
    ['GET', '/cart/', undefined],
    ['GET', '/cart/quote/', undefined],
    ['POST', '/orders/', CHECKOUT],
    ['GET', '/orders/', undefined],
    ['GET', `/orders/${NOBODYS}/`, undefined],
  ])('finds nothing, and breaks nothing: %s %s', async (method, path, body) => {
    const response = await stranger.send(method, `/api/v1${path}`, { body, headers: newKey() });
    expect(response.status).toBeLessThan(500);
  });

  it('left nothing behind, in the shop or in its log', async () => {
    const { id } = stranger.account.user;
    const carts = await shop.database`select from ordering.carts where customer_id = ${id}`;
    expect(carts.count).toBe(0);
    expect(shop.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
