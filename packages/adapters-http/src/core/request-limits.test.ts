import { describe, expect, it } from 'vitest';

import { FakeAccessTokens, FakeRateLimiter, inMemoryShop } from '@kastoma/application/testing';
import type { UserId } from '@kastoma/domain/core';

import { createHttpApp, type HttpDependencies } from '../http-app.ts';
import type { RequestLimits } from './request-limits.ts';

const LIMITS: RequestLimits['limits'] = {
  auth: { attempts: 2, windowSeconds: 60 },
  write: { attempts: 3, windowSeconds: 60 },
  read: { attempts: 4, windowSeconds: 60 },
  search: { attempts: 1, windowSeconds: 10 },
};

type Wishes = {
  readonly method?: string;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A shop that counts; what stands behind its routes is nothing but an empty page. */
function openShop({ counts = true } = {}) {
  const { clock, ids } = inMemoryShop();
  const accessTokens = new FakeAccessTokens();
  const app = createHttpApp({
    requestLimits: counts ? { limiter: new FakeRateLimiter(), limits: LIMITS } : undefined,
    door: {
      trustedProxies: ['10.0.0.1'],
      crossOrigin: { origins: [], localhost: false },
      https: false,
    },
    accessTokens,
    clock,
    ids,
    settings: { currency: 'USD' },
    catalog: {
      productQueries: { list: async () => ({ items: [], count: 0, countIsExact: true }) },
    },
    identity: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    promotions: {},
    healthChecks: [],
    isShuttingDown: () => false,
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  const ask = (path: string, { method = 'GET', from = '203.0.113.7', headers = {} }: Wishes = {}) =>
    app.request(
      path,
      { method, headers: { 'X-Forwarded-For': from, ...headers } },
      {
        incoming: { socket: { remoteAddress: '10.0.0.1' } },
      },
    );
  const signIn = async () => {
    const claims = { userId: ids.next<UserId>(), sessionId: ids.next(), role: 'customer' };
    const { token } = await accessTokens.issue(claims as never, clock.now());
    return { Authorization: `Bearer ${token}` };
  };
  return { ask, signIn, clock };
}

const PRODUCTS = '/api/v1/products';

function told({ headers }: Response) {
  return [headers.get('ratelimit-policy'), headers.get('ratelimit')];
}

describe('a limit on requests', () => {
  it('is told with each answer: what it is, what is left, and when there is more', async () => {
    const { ask, clock } = openShop();
    expect(told(await ask(PRODUCTS))).toEqual(['"read";q=4;w=60', '"read";r=3;t=60']);
    clock.advance(20);
    expect(told(await ask(PRODUCTS))).toEqual(['"read";q=4;w=60', '"read";r=2;t=40']);
  });

  it('refuses what is too much, and says when to come back', async () => {
    const { ask, clock } = openShop();
    for (let request = 0; request < 4; request += 1) await ask(PRODUCTS);
    clock.advance(15);
    const refused = await ask(PRODUCTS);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('45');
    expect(told(refused)).toEqual(['"read";q=4;w=60', '"read";r=0;t=45']);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(await refused.json()).toMatchObject({
      success: false,
      errors: [{ code: 'request.too_many_requests', path: null }],
    });
    clock.advance(45);
    expect((await ask(PRODUCTS)).status).toBe(200);
  });

  it('is one for each class of routes: who reads too much may still sign in', async () => {
    const { ask } = openShop();
    const classes = [
      await ask(PRODUCTS),
      await ask(PRODUCTS, { method: 'HEAD' }),
      await ask(`${PRODUCTS}?search=mug`),
      await ask('/api/v1/cart/add_item', { method: 'POST' }),
      await ask('/api/v1/auth/login', { method: 'POST' }),
    ];
    expect(classes.map((answer) => told(answer)[1])).toEqual([
      '"read";r=3;t=60',
      '"read";r=2;t=60',
      '"search";r=0;t=10',
      '"write";r=2;t=60',
      '"auth";r=1;t=60',
    ]);
    expect((await ask(`${PRODUCTS}?search=cup`)).status).toBe(429);
  });

  it('is for each address of those who are not signed in, and for a whole network of IPv6', async () => {
    const { ask } = openShop();
    const remaining = async (from: string) => told(await ask(PRODUCTS, { from }))[1];
    expect(await remaining('203.0.113.7')).toBe('"read";r=3;t=60');
    expect(await remaining('203.0.113.8')).toBe('"read";r=3;t=60');
    expect(await remaining('2001:db8::1')).toBe('"read";r=3;t=60');
    expect(await remaining('2001:db8::ffff')).toBe('"read";r=2;t=60');
    expect(await remaining('::ffff:203.0.113.7')).toBe('"read";r=2;t=60');
  });

  it('is not escaped by making addresses up', async () => {
    const { ask } = openShop();
    for (let made = 0; made < 4; made += 1)
      expect((await ask(PRODUCTS, { from: `198.51.100.${made}, 203.0.113.7` })).status).toBe(200);
    expect((await ask(PRODUCTS, { from: '198.51.100.9, 203.0.113.7' })).status).toBe(429);
  });

  it('is for the account of those who are, wherever they come from', async () => {
    const { ask, signIn } = openShop();
    const [ada, eve] = [await signIn(), await signIn()];
    for (let request = 0; request < 4; request += 1)
      expect((await ask(PRODUCTS, { headers: ada, from: `203.0.113.${request}` })).status).toBe(
        200,
      );
    expect((await ask(PRODUCTS, { headers: ada, from: '203.0.113.99' })).status).toBe(429);
    expect((await ask(PRODUCTS, { headers: eve, from: '203.0.113.99' })).status).toBe(200);
    expect((await ask(PRODUCTS, { from: '203.0.113.99' })).status).toBe(200);
  });

  it('counts tokens that are no good by where they come from', async () => {
    const { ask } = openShop();
    for (let guess = 0; guess < 4; guess += 1) {
      const headers = { Authorization: `Bearer guess-${guess}` };
      expect((await ask(PRODUCTS, { headers })).status).toBe(401);
    }
    expect((await ask(PRODUCTS, { headers: { Authorization: 'Bearer guess-5' } })).status).toBe(
      429,
    );
  });

  it('is not for what keeps the shop running, nor for a browser that asks first', async () => {
    const { ask } = openShop();
    for (let request = 0; request < 10; request += 1) {
      expect((await ask('/health/live')).status).toBe(200);
      const first = { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'GET' };
      const preflight = await ask(PRODUCTS, { method: 'OPTIONS', headers: first });
      expect(told(preflight)).toEqual([null, null]);
    }
    expect((await ask(PRODUCTS)).status).toBe(200);
  });

  it('is none where nobody counts', async () => {
    const { ask } = openShop({ counts: false });
    for (let request = 0; request < 10; request += 1)
      expect(told(await ask(PRODUCTS))).toEqual([null, null]);
  });
});
