import { beforeEach, describe, expect, it } from 'vitest';

import {
  ApiKeyAccess,
  ChangeApiKey,
  CreateApiKey,
  RevokeApiKey,
} from '@kastoma/application/identity';
import {
  aUser,
  FakeApiKeySecrets,
  FakeRateLimiter,
  givenUser,
  inMemoryShop,
  signInPorts,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { SessionId } from '@kastoma/domain/core';

import { createHttpApp, type HttpApp, type HttpDependencies } from '../http-app.ts';

type Answer = {
  readonly data: Readonly<Record<string, unknown>> & { readonly id: string; readonly key: string };
  readonly errors: readonly { readonly code: string; readonly path: string | null }[] | null;
};
type Sent = { readonly body?: unknown; readonly headers?: Record<string, string> };

const password = 'correct horse';
const WAREHOUSE = { name: 'Warehouse', scopes: ['inventory.read', 'catalog.manage'], password };

let shop: ShopPorts;
let app: HttpApp;
let adminToken: string;

beforeEach(async () => {
  shop = inMemoryShop();
  const ports = signInPorts(shop);
  const apiKeySecrets = new FakeApiKeySecrets();
  const apiKeyAccess = new ApiKeyAccess({
    ...ports,
    apiKeySecrets,
    apiKeyStandings: shop.apiKeyStandings,
  });
  const stores = { unitOfWork: shop.identity, users: shop.users };
  const dependencies = { ...ports, ...stores, apiKeySecrets, apiKeyAccess };
  const limit = { attempts: 20, windowSeconds: 60 };
  const limits = { auth: limit, write: limit, read: limit, search: limit };
  app = createHttpApp({
    ...ports,
    apiKeyAccess,
    requestLimits: { limiter: new FakeRateLimiter(), limits },
    settings: shop.settings,
    identity: {
      apiKeyQueries: shop.apiKeyQueries,
      createApiKey: new CreateApiKey(dependencies),
      changeApiKey: new ChangeApiKey(dependencies),
      revokeApiKey: new RevokeApiKey(dependencies),
    },
    catalog: { categoryQueries: { list: async () => ({ items: [], count: 0 }) } },
    stockQueries: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: { orderQueries: shop.orderQueries },
    promotions: {},
    healthChecks: [],
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  const { state } = await givenUser(shop, aUser({ role: 'admin' }));
  const claims = { userId: state.id, role: state.role, tokenVersion: state.tokenVersion };
  const issued = { ...claims, sessionId: shop.ids.next<SessionId>() };
  adminToken = (await ports.accessTokens.issue(issued, shop.clock.now())).token;
});

async function call(token: string, method: string, path: string, { body, headers }: Sent = {}) {
  const response = await app.request(`/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { data, errors } = (await response.json()) as Answer;
  const fault = errors?.[0];
  return { status: response.status, headers: response.headers, data, fault };
}

const asAdmin = (method: string, path: string, sent: Sent = {}) =>
  call(adminToken, method, path, sent);
const create = async (body: object = WAREHOUSE) => asAdmin('POST', '/api-keys', { body });

describe('an API key over HTTP', () => {
  it('is shown once, to be stored by nobody on the way, and afterwards without its secret', async () => {
    const created = await create({ ...WAREHOUSE, expires_at: '2027-01-01T00:00:00Z' });
    expect(created.status).toBe(201);
    expect(created.headers.get('cache-control')).toBe('no-store');
    expect(created.headers.get('etag')).toMatch(/^"v1-/);
    const { key, ...shown } = created.data;
    expect(shown).toEqual({
      id: expect.any(String) as unknown,
      prefix: key.split('_')[1],
      name: 'Warehouse',
      scopes: ['catalog.manage', 'inventory.read'],
      created_by: expect.any(String) as unknown,
      created_at: '2026-11-23T09:30:00.000Z',
      expires_at: '2027-01-01T00:00:00.000Z',
      last_used_at: null,
      revoked_at: null,
      version: 1,
    });
    expect((await asAdmin('GET', `/api-keys/${shown.id}`)).data).toEqual(shown);
    expect((await asAdmin('GET', '/api-keys')).data).toEqual([shown]);
  });

  it('is made twice under one Idempotency-Key: an answer with a secret is never kept', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    const [one, two] = [
      await asAdmin('POST', '/api-keys', { body: WAREHOUSE, headers }),
      await asAdmin('POST', '/api-keys', { body: WAREHOUSE, headers }),
    ];
    expect(two.data.key).not.toBe(one.data.key);
  });

  it.each<[object, string, string | null]>([
    [{ name: 'x', scopes: [], password }, 'identity.scope_required', 'scopes'],
    [{ name: '', scopes: ['users.read'], password }, 'core.invalid_text', 'name'],
    [{ name: 'x', password }, 'request.missing_field', 'scopes'],
    [{ name: 'x', scopes: ['users.read'] }, 'request.missing_field', 'password'],
    [{ ...WAREHOUSE, password: 'wrong horse' }, 'identity.wrong_password', 'password'],
    [{ ...WAREHOUSE, scopes: ['api_keys.manage'] }, 'request.invalid_field', 'scopes.0'],
    [{ ...WAREHOUSE, scopes: ['account.own'] }, 'request.invalid_field', 'scopes.0'],
    [{ ...WAREHOUSE, scopes: ['users.manage'] }, 'request.invalid_field', 'scopes.0'],
    [{ ...WAREHOUSE, scopes: ['*'] }, 'request.invalid_field', 'scopes.0'],
    [{ ...WAREHOUSE, scopes: 'users.read' }, 'request.invalid_field', 'scopes'],
    [{ ...WAREHOUSE, role: 'admin' }, 'request.unknown_field', 'role'],
    [{ ...WAREHOUSE, key: 'kas_mine' }, 'request.unknown_field', 'key'],
    [{ ...WAREHOUSE, hash: 'mine' }, 'request.unknown_field', 'hash'],
    [{ ...WAREHOUSE, created_by: 'me' }, 'request.unknown_field', 'created_by'],
    [
      { ...WAREHOUSE, expires_at: '2020-01-01T00:00:00Z' },
      'identity.expiry_in_the_past',
      'expires_at',
    ],
    [{ ...WAREHOUSE, expires_at: 'soon' }, 'core.malformed_instant', 'expires_at'],
  ])('is not made of %j', async (body, code, path) => {
    const refused = await create(body);
    expect([refused.status, refused.fault?.code, refused.fault?.path]).toEqual([422, code, path]);
  });

  it('is changed under the version that was read, and never gets more than it had', async () => {
    const { data } = await create();
    const path = `/api-keys/${data.id}`;
    const patch = (body: object, version: string) =>
      asAdmin('PATCH', path, { body, headers: { 'If-Match': version } });
    const changed = await patch({ name: 'Depot', scopes: ['inventory.read'] }, '"v1"');
    expect([changed.status, changed.data['name'], changed.data['scopes']]).toEqual([
      200,
      'Depot',
      ['inventory.read'],
    ]);
    expect((await patch({ name: 'Late' }, '"v1"')).status).toBe(412);
    const wider = await patch({ scopes: ['inventory.read', 'users.read'] }, '"v2"');
    expect([wider.status, wider.fault]).toMatchObject([
      422,
      { code: 'identity.scopes_widened', path: 'scopes', detail: { added: ['users.read'] } },
    ]);
    for (const body of [{ expires_at: null }, { revoked_at: null }, { created_by: data.id }])
      expect((await patch(body, '*')).fault?.code).toBe('request.unknown_field');
  });

  it('is revoked at once and for good, however often that is asked for', async () => {
    const { data } = await create();
    const path = `/api-keys/${data.id}`;
    expect((await call(data.key, 'GET', '/orders')).status).toBe(403);
    for (let time = 0; time < 2; time += 1) {
      const revoked = await asAdmin('DELETE', path);
      expect([revoked.status, revoked.data]).toEqual([200, null]);
    }
    const refused = await call(data.key, 'GET', '/orders');
    expect([refused.status, refused.fault?.code]).toEqual([401, 'identity.invalid_access_token']);
    expect((await asAdmin('GET', path)).data['revoked_at']).toBe('2026-11-23T09:30:00.000Z');
    const late = await asAdmin('PATCH', path, { body: { name: 'Depot' } });
    expect([late.status, late.fault?.code]).toEqual([409, 'identity.api_key_revoked']);
  });

  it('that is not there is not found', async () => {
    const path = '/api-keys/0199c0de-0000-7000-8000-000000000000';
    for (const [method, body] of [['GET'], ['PATCH', {}], ['DELETE']] as const)
      expect((await asAdmin(method, path, { body })).status).toBe(404);
    expect((await asAdmin('GET', '/api-keys/none')).status).toBe(404);
  });
});

describe('a service', () => {
  const keyFor = async (...scopes: string[]) =>
    (await create({ name: 'x', scopes, password })).data.key;

  it('sees everybody’s orders when its key was made for that, and otherwise none', async () => {
    const reading = await call(await keyFor('orders.read_all'), 'GET', '/orders');
    expect([reading.status, reading.data]).toEqual([200, []]);
    const other = await call(await keyFor('inventory.read'), 'GET', '/orders');
    expect([other.status, other.fault?.code]).toEqual([403, 'request.not_allowed']);
  });

  it('has no account of its own', async () => {
    const key = await keyFor('orders.read_all', 'users.read', 'catalog.manage');
    for (const [method, path] of [
      ['POST', '/cart/merge'],
      ['GET', '/users/me'],
      ['DELETE', '/users/me'],
      ['POST', '/auth/logout'],
      ['GET', '/auth/sessions'],
      ['POST', '/auth/password-change'],
      ['GET', '/api-keys'],
      ['POST', '/api-keys'],
    ] as const)
      expect([path, (await call(key, method, path)).status]).toEqual([path, 403]);
  });

  it('is counted for itself, wherever it comes from, and one whose key is bad by its address', async () => {
    const [one, other] = [await keyFor('catalog.browse'), await keyFor('catalog.browse')];
    const left = async (token: string) => {
      const { headers } = await call(token, 'GET', '/categories');
      return /;r=(\d+);/.exec(headers.get('ratelimit') ?? '')?.[1];
    };
    expect([await left(one), await left(one), await left(other)]).toEqual(['19', '18', '19']);
    expect([await left(`${one}x`), await left(`${other}x`)]).toEqual(['19', '18']);
  });

  it('is known by its header alone', async () => {
    const key = await keyFor('orders.read_all');
    const bare = async (path: string, headers: Record<string, string> = {}) =>
      (await app.request(`/api/v1${path}`, { headers })).status;
    expect(await bare('/orders', { Authorization: `bearer ${key}` })).toBe(200);
    for (const name of ['key', 'api_key', 'access_token', 'token'])
      expect(await bare(`/orders?${name}=${key}`)).toBe(401);
    for (const headers of [
      { 'X-Api-Key': key },
      { Cookie: `key=${key}` },
      { Authorization: key },
      { Authorization: `Basic ${btoa(`${key}:`)}` },
    ] as Record<string, string>[])
      expect(await bare('/orders', headers)).toBe(401);
    expect(await bare(`/categories?api_key=${key}`)).toBe(422);
  });
});
