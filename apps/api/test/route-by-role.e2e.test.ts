import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { apiRoutes } from '@kastoma/adapters-http';
import { holdersOf } from '@kastoma/domain/identity';

import type { Client } from './client.ts';
import { routesOf, signsOut } from './known-routes.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

type Route = {
  readonly method: string;
  readonly path: string;
  readonly holders: readonly string[];
};

const nothing = {
  identity: {},
  catalog: {},
  stockQueries: {},
  cart: {},
  orders: {},
  promotions: {},
  settings: {},
};
/** The routes as they are mounted; their handlers are not called here. */
const ROUTES: readonly Route[] = apiRoutes(nothing as never).map(
  ({ method, path, permission }) => ({
    method: method.toUpperCase(),
    path: `${path.replaceAll(/\{\w+\}/g, '0199c0de-0000-7000-8000-000000000000')}/`,
    holders: holdersOf(permission),
  }),
);

const ROLES = ['guest', 'customer', 'staff', 'admin'] as const;

let shop: TestShop;
let clients: Readonly<Record<(typeof ROLES)[number], Client>>;

beforeAll(async () => {
  shop = await openTestShop();
  clients = {
    guest: shop.guest,
    customer: await shop.signUp('customer'),
    staff: await shop.hire('staff'),
    admin: await shop.hire('admin'),
  };
});

afterAll(() => shop.close());

/** Whoever is signed out by what is tried must not be missed by what is tried next. */
async function somebody(role: (typeof ROLES)[number]): Promise<Client> {
  if (role === 'guest') return shop.guest;
  return role === 'customer'
    ? shop.signUp(`customer-${crypto.randomUUID().slice(0, 8)}`)
    : shop.hire(role);
}

describe.each(ROUTES)('$method $path', ({ method, path, holders }) => {
  it.each(ROLES)('opens to a %s exactly when the table of rights says so', async (role) => {
    const client = signsOut({ method, path }) ? await somebody(role) : clients[role];
    const response = await client.send(method, `/api/v1${path}`);
    const refusal = role === 'guest' ? 401 : 403;
    if (holders.includes(role)) expect([401, 403]).not.toContain(response.status);
    else expect(response.status).toBe(refusal);
    expect(response.status).toBeLessThan(500);
    expect(response.headers.has('www-authenticate')).toBe(response.status === 401);
  });
});

it('the routes that were walked are those of the document', () => {
  const documented = routesOf(shop.guest.contract.document).map(
    ({ method, path }) => `${method} ${path}`,
  );
  const walked = apiRoutes(nothing as never).map(
    ({ method, path }) => `${method.toUpperCase()} /api/v1${path}/`,
  );
  expect(documented.toSorted()).toEqual(walked.toSorted());
});

it('the catalogue and the stock are written by those who work here, and read in public or by them', () => {
  const kept = ROUTES.filter(({ path }) => /^\/(?:products|categories|variants)\//.test(path));
  const written = kept.filter(({ method }) => method !== 'GET');
  const stock = kept.filter(({ path }) => path.includes('/stock/'));
  expect(written.length).toBeGreaterThan(0);
  expect(stock.length).toBeGreaterThan(0);
  for (const { holders } of [...written, ...stock]) {
    expect(holders).not.toContain('guest');
    expect(holders).not.toContain('customer');
  }
});

it('whoever has more rights has all the lesser ones', () => {
  const signedIn = ['customer', 'staff', 'admin'];
  for (const { holders } of ROUTES) {
    const first = signedIn.findIndex((role) => holders.includes(role));
    expect(first).toBeGreaterThanOrEqual(0);
    expect(holders).toEqual(expect.arrayContaining(signedIn.slice(first)));
  }
});
