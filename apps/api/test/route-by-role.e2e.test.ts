import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { apiRoutes } from '@kastoma/adapters-http';
import { ALL_SCOPES, holdersOf, type Permission, type Scope } from '@kastoma/domain/identity';

import type { Client } from './client.ts';
import { routesOf, signsOut } from './known-routes.ts';
import { openTestShop, PASSWORD, type TestShop } from './test-shop.ts';

type Route = {
  readonly method: string;
  readonly path: string;
  readonly holders: readonly string[];
  /** The right that it takes, and another one that opens it. */
  readonly rights: readonly Permission[];
};

const nothing = {
  identity: {},
  catalog: {},
  inventory: {},
  cart: {},
  orders: {},
  notifications: {},
  payments: {},
  promotions: {},
  settings: {},
};
/** The routes as they are mounted; their handlers are not called here. */
const ROUTES: readonly Route[] = apiRoutes(nothing as never).map(
  ({ method, path, permission, alsoFor }) => ({
    method: method.toUpperCase(),
    path: `${path.replaceAll(/\{\w+\}/g, '0199c0de-0000-7000-8000-000000000000')}/`,
    holders: holdersOf(permission),
    rights: alsoFor === undefined ? [permission] : [permission, alsoFor],
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

/** What a program can do that has a key for this, on every route. */
async function walkOf(key: string) {
  const service = shop.guest.as({ ...clients.admin.account, access: key });
  const walked: unknown[] = [];
  for (const { method, path } of ROUTES) {
    const { status } = await service.send(method, `/api/v1${path}`);
    walked.push([method, path, [401, 403].includes(status) || status >= 500 ? status : 'open']);
  }
  return walked;
}

async function keyFor(scope: string) {
  const body = { name: `All of ${scope}`, scopes: [scope], password: PASSWORD };
  return (await clients.admin.post<{ id: string; key: string }>('/api-keys/', body).expect(201))
    .data;
}

const opened = (opens: (route: Route) => boolean) =>
  ROUTES.map((route) => [
    route.method,
    route.path,
    opens(route) || route.holders.includes('guest') ? 'open' : 403,
  ]);

it.each(ALL_SCOPES)(
  'a service with a key for %s gets what the table says, and nothing else',
  async (scope) => {
    const { key } = await keyFor(scope);
    expect(await walkOf(key)).toEqual(opened(({ rights }) => rights.includes(scope)));
  },
);

it('a service whose key is for nothing that there is gets what is open to all', async () => {
  const { id, key } = await keyFor('catalog.browse');
  await shop.database`update identity.api_keys set scopes = '{shop.retired}' where id = ${id}`;
  expect(await walkOf(key)).toEqual(opened(() => false));
});

it('no service gets to keys, accounts of its own, carts, or the rights of people', () => {
  const kept = ROUTES.filter(({ path }) => /^\/(?:api-keys|users\/me|cart|auth)\//.test(path));
  expect(kept.length).toBeGreaterThan(20);
  for (const { rights } of kept)
    expect(rights.filter((right) => ALL_SCOPES.includes(right as Scope))).toEqual([]);
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
  const kept = ROUTES.filter(
    ({ path }) => /^\/(?:products|categories|variants)\//.test(path) && !path.endsWith('/reviews/'),
  );
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
