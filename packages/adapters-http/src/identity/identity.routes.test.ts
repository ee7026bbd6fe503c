import { describe, expect, it } from 'vitest';

import {
  LogIn,
  RefreshSession,
  RegisterUser,
  REGISTRATIONS,
  ViewProfile,
} from '@kastoma/application/identity';
import { inMemoryShop, signInPorts } from '@kastoma/application/testing';

import { createHttpApp, type HttpDependencies } from '../http-app.ts';

type Answer = {
  readonly data: { readonly access: string; readonly refresh: string } | null;
  readonly errors: readonly { readonly code: string }[] | null;
};

const email = 'ada@example.com';
const password = 'a long walk by the sea';
const person = { email, password, first_name: 'Ada', last_name: 'Lovelace' };
const BAD_TOKENS = ['Bearer access-of-another-shop', 'Bearer ', 'Basic YTpi', 'nonsense'];

function openApp() {
  const shop = inMemoryShop();
  const ports = { ...signInPorts(shop), unitOfWork: shop.identity, users: shop.users };
  const app = createHttpApp({
    ...ports,
    settings: shop.settings,
    identity: {
      registerUser: new RegisterUser(ports),
      logIn: new LogIn(ports),
      refreshSession: new RefreshSession(ports),
      viewProfile: new ViewProfile(ports),
    },
    catalog: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    healthChecks: [],
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  return {
    post: async (path: string, body: object, authorization?: string) =>
      app.request(`/api/v1/auth/${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(authorization === undefined ? {} : { Authorization: authorization }),
        },
        body: JSON.stringify(body),
      }),
    get: async (path: string, authorization: string) =>
      app.request(`/api/v1${path}`, { headers: { Authorization: authorization } }),
  };
}

const read = async (response: Response) => (await response.json()) as Answer;

describe('whoever comes for new tokens', () => {
  it.each(BAD_TOKENS)('is not turned away for the old one: %j', async (authorization) => {
    const { post } = openApp();
    expect((await post('register', person, authorization)).status).toBe(201);
    const signedIn = await post('login', { email, password }, authorization);
    expect(signedIn.status).toBe(200);
    const { data } = await read(signedIn);
    const refreshed = await post('refresh', { refresh: data?.refresh }, authorization);
    expect(refreshed.status).toBe(200);
  });

  it.each(BAD_TOKENS)('is turned away for it everywhere else: %j', async (authorization) => {
    const { get } = openApp();
    for (const path of ['/users/me', '/categories', '/products', '/cart']) {
      const response = await get(path, authorization);
      expect(response.status).toBe(401);
      expect((await read(response)).errors?.[0]?.code).toBe('identity.invalid_access_token');
    }
  });
});

describe('a refresh token over HTTP', () => {
  it('may come twice at once; the one that is used voids the other', async () => {
    const { post } = openApp();
    const { data } = await read(await post('register', person));
    const twice = await Promise.all(
      [1, 2].map(async () => post('refresh', { refresh: data?.refresh })),
    );
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    const [one, other] = await Promise.all(twice.map(read));
    expect((await post('refresh', { refresh: other?.data?.refresh })).status).toBe(200);
    const late = await post('refresh', { refresh: one?.data?.refresh });
    expect(late.status).toBe(401);
    expect((await read(late)).errors?.[0]?.code).toBe('identity.refresh_token_replayed');
  });
});

describe('registering without end', () => {
  it('is told when to come back', async () => {
    const { post } = openApp();
    for (let account = 0; account < REGISTRATIONS.attempts; account += 1) {
      const response = await post('register', { ...person, email: `a${account}@example.com` });
      expect(response.status).toBe(201);
    }
    const refused = await post('register', person);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('3600');
    expect((await read(refused)).errors?.[0]?.code).toBe('identity.too_many_attempts');
  });
});
