import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { ADDRESS, CHECKOUT, newKey, stockMug } from './goods.ts';
import { fitting, routesOf, type Route } from './known-routes.ts';
import { readFingerprint } from './stored-data.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Order } from './wire.ts';

const NOBODYS = '0199c0de-0000-7000-8000-000000000000';

/** What a customer has of their own, by the place in an address where its id stands. */
const OWNED = {
  '/users/me/addresses/{id}/': 'address',
  '/auth/sessions/{id}/': 'session',
  '/cart/items/{id}/': 'cartItem',
  '/orders/{id}/': 'order',
  '/users/{id}/': 'person',
  '/reviews/{id}/': 'review',
  '/users/me/wishlists/{id}/': 'wishlist',
  '/wishlists/shared/{token}/': 'wishlist',
} as const;
/** What is the shop's: these ids are nobody's secret. */
const THE_SHOPS = [
  '/products/',
  '/categories/',
  '/variants/',
  '/promotions/',
  '/coupons/',
  '/cart/coupons/',
  '/api-keys/',
  '/inventory/',
  '/payments/webhooks/',
  '/payments/operations/',
  '/webhooks/',
  '/imports/',
];

let shop: TestShop;
let mallory: Client;
let routes: readonly Route[];
let adas: Readonly<Record<(typeof OWNED)[keyof typeof OWNED], string>>;

beforeAll(async () => {
  shop = await openTestShop({ KASTOMA_WORKER: 'separate' });
  const [admin, ada] = [await shop.hire('admin'), await shop.signUp('ada')];
  mallory = await shop.signUp('mallory');
  const mug = await stockMug(admin);
  const wanted = { product_id: mug.id, quantity: 1 };
  await ada.post('/cart/add_item/', wanted).expect(200);
  const { data: order } = await ada.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
  const { data: cart } = await ada.post<Cart>('/cart/add_item/', wanted).expect(200);
  const { data: address } = await ada
    .post<{ id: string }>('/users/me/addresses/', ADDRESS)
    .expect(201);
  const said = { rating: 5, comment: 'Mine alone until it is read.' };
  const { data: review } = await ada
    .post<{ id: string }>(`/products/${mug.id}/reviews/`, said)
    .expect(201);
  const { data: wishlist } = await ada
    .post<{ id: string }>('/users/me/wishlists/', { name: 'For me' })
    .expect(201);
  await ada.post(`/users/me/wishlists/${wishlist.id}/items/`, { product_id: mug.id }).expect(201);
  const { data: sessions } = await ada.get<{ id: string }[]>('/auth/sessions/').expect(200);
  adas = {
    address: address.id,
    session: sessions[0]?.id ?? '',
    cartItem: cart.items[0]?.id ?? '',
    order: order.id,
    review: review.id,
    wishlist: wishlist.id,
    person: ada.account.user.id,
  };
  routes = routesOf(shop.guest.contract.document);
});

afterAll(() => shop.close());

/** The owned thing that an address names; undefined where it names none. */
function ownedIn({ path }: Pick<Route, 'path'>) {
  return Object.entries(OWNED).find(([place]) => path.startsWith(`/api/v1${place}`));
}

it('whose id it is that an address names is known of every route', () => {
  const unknown = routes.filter(
    (route) =>
      route.path.includes('{') &&
      ownedIn(route) === undefined &&
      !THE_SHOPS.some((place) => route.path.startsWith(`/api/v1${place}`)),
  );
  expect(unknown.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

describe('a customer', () => {
  it('is answered with another customer’s ids as with ids that nobody has', async () => {
    const before = await readFingerprint(shop.database);
    const tried = routes.flatMap((route) => {
      const [place, thing] = ownedIn(route) ?? [];
      return place === undefined || thing === undefined ? [] : [{ route, place, thing }];
    });
    expect(new Set(tried.map(({ thing }) => thing))).toEqual(new Set(Object.values(OWNED)));
    for (const { route, place, thing } of tried) {
      const theirs = await tryWith(route, place, adas[thing]);
      const nobodys = await tryWith(route, place, NOBODYS);
      expect(theirs, `${route.method} ${route.path}`).toEqual(nobodys);
      expect([403, 404]).toContain(theirs.status);
    }
    expect(await readFingerprint(shop.database)).toEqual(before);
  });

  it('finds nothing of another customer’s in any list', async () => {
    const lists = routes.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
    expect(lists.length).toBeGreaterThan(5);
    for (const { path } of lists) {
      const text = await (await mallory.send('GET', path)).text();
      for (const id of Object.values(adas)) expect(text, path).not.toContain(id);
    }
  });
});

describe('a guest with tokens of their own cart and order', () => {
  it('is answered with other people’s ids as with ids that nobody has', async () => {
    const guest = shop.guest;
    const mug = await stockMug(await shop.hire('staff'));
    const open = async () => {
      const wanted = { product_id: mug.id, quantity: 1 };
      const { data, headers } = await guest.post<Cart>('/cart/add_item/', wanted).expect(200);
      return { cart: data, token: { 'X-Cart-Token': headers.get('x-cart-token') ?? '' } };
    };
    const place = async () => {
      const { token } = await open();
      const sent = { ...CHECKOUT, email: 'guest@people.example' };
      const answer = await guest
        .post<Order & { order_token: string }>('/orders/', sent, { ...newKey(), ...token })
        .expect(201);
      return answer.data;
    };
    const [mine, others] = [await place(), await place()];
    const [{ token }, { cart: theirCart }] = [await open(), await open()];
    const theirs = { ...adas, order: others.id, cartItem: theirCart.items[0]?.id ?? '' };
    const shown = { ...token, 'X-Order-Token': mine.order_token };
    const before = await readFingerprint(shop.database);
    for (const route of routes) {
      const [place, thing] = ownedIn(route) ?? [];
      if (place === undefined || thing === undefined) continue;
      const nobodys = await tryWith(route, place, NOBODYS, guest, shown);
      expect([401, 404]).toContain(nobodys.status);
      for (const id of [adas[thing], theirs[thing]])
        expect(await tryWith(route, place, id, guest, shown), route.path).toEqual(nobodys);
    }
    expect(await readFingerprint(shop.database)).toEqual(before);
  });
});

async function tryWith(
  { method, path, body }: Route,
  place: string,
  id: string,
  client = mallory,
  shown: Readonly<Record<string, string>> = {},
) {
  const rest = path.slice(`/api/v1${place}`.length).replaceAll(/\{\w+\}/g, NOBODYS);
  const [sample] =
    body === null ? [] : fc.sample(fitting(body, [NOBODYS]), { numRuns: 1, seed: 7 });
  const response = await client.send(method, `/api/v1${place.replace(/\{\w+\}/, id)}${rest}`, {
    ...(body === null ? {} : { body: sample }),
    headers: { 'If-Match': '*', 'Idempotency-Key': crypto.randomUUID(), ...shown },
  });
  return { status: response.status, answer: await response.json() };
}
