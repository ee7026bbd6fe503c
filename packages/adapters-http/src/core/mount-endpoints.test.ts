import { errAsync, okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import { FakeAccessTokens, inMemoryShop } from '@kastoma/application/testing';
import type { UserId } from '@kastoma/domain/core';

import { apiRoutes, createHttpApp, type HttpDependencies } from '../http-app.ts';

const shelf = {
  id: '0199c0de-0000-7000-8000-000000000001',
  slug: 'cups',
  name: 'Cups',
  description: '',
  parentId: null,
  position: 0,
  productCount: 0,
  treeProductCount: 0,
  breadcrumbs: [],
  children: [],
  version: 3,
};
const page = async () => ({ items: [shelf], count: 61, countIsExact: true });

/** An app with one shelf of categories, whose carts have always changed. */
async function openApp() {
  const { clock, ids } = inMemoryShop();
  const accessTokens = new FakeAccessTokens();
  const admin = { userId: ids.next<UserId>(), sessionId: ids.next(), role: 'admin' };
  const { token } = await accessTokens.issue(admin as never, clock.now());
  const stale = () => errAsync({ code: 'core.stale_version', currentVersion: 7 });
  const dependencies = {
    accessTokens,
    clock,
    ids,
    settings: { currency: 'USD' },
    catalog: { categoryQueries: { find: () => okAsync(shelf), list: page } },
    identity: {},
    cart: { clearCart: { execute: stale } },
    notifications: {},
    payments: {},
    orders: {},
    healthChecks: [],
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies;
  const app = createHttpApp(dependencies);
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.request(`/api/v1${path}`, { method, headers });
  return { ask, routes: apiRoutes(dependencies), signedIn: { Authorization: `Bearer ${token}` } };
}

async function firstError(response: Response) {
  const { errors } = (await response.json()) as { errors: readonly object[] };
  return errors[0];
}

describe('a parameter of the query', () => {
  it.each(['rating_min', 'Page', 'page[]', '__proto__', 'constructor', '', 'a.b'])(
    'that is not known is refused by its name: %j',
    async (name) => {
      const { ask } = await openApp();
      const response = await ask(`/categories?page=1&${encodeURIComponent(name)}=4`);
      expect(response.status).toBe(422);
      expect(await firstError(response)).toMatchObject({
        code: 'request.unknown_field',
        path: name,
      });
    },
  );

  it('that is given twice is refused by its name', async () => {
    const { ask } = await openApp();
    for (const query of ['page=1&page=2', 'page=1&page_size=5&page=1', 'page&page']) {
      const response = await ask(`/categories?${query}`);
      expect(response.status).toBe(422);
      expect(await firstError(response)).toMatchObject({
        code: 'request.repeated_parameter',
        path: 'page',
      });
    }
  });

  it('that is not known is refused on every route', async () => {
    const { ask, routes, signedIn } = await openApp();
    const asked = routes.map(async ({ method, path, idempotencyKey }) => {
      const address = path.replaceAll(/\{\w+\}/g, shelf.id);
      const key = idempotencyKey === undefined ? {} : { 'Idempotency-Key': 'k' };
      const headers = { ...signedIn, ...key };
      const response = await ask(`${address}?no_such=1`, headers, method.toUpperCase());
      return [method, path, response.status, await firstError(response)];
    });
    expect(asked.length).toBeGreaterThan(15);
    for (const [method, path, status, error] of await Promise.all(asked)) {
      expect({ method, path, status, error }).toMatchObject({
        status: 422,
        error: { code: 'request.unknown_field', path: 'no_such' },
      });
    }
  });

  it('of none there need be any, and the links of a page are understood again', async () => {
    const { ask } = await openApp();
    expect((await ask(`/categories/${shelf.id}?&&`)).status).toBe(200);
    const second = await ask('/categories?page_size=20&page=2');
    const { pagination } = (await second.json()) as { pagination: Record<string, string> };
    for (const link of [pagination['next'], pagination['previous']]) {
      expect((await ask(`/categories${new URL(link ?? '').search}`)).status).toBe(200);
    }
  });
});

describe('on the way', () => {
  it('an answer is told apart by who asked and for what form', async () => {
    const { ask } = await openApp();
    const tag = (await ask('/categories/cups')).headers.get('etag') ?? '';
    for (const response of [
      await ask('/categories/cups'),
      await ask('/categories/cups', {}, 'HEAD'),
      await ask('/categories/cups', { 'If-None-Match': tag }),
      await ask('/categories'),
      await ask('/orders'),
      await ask('/nowhere'),
      await ask('/categories', { Accept: 'text/html' }),
    ])
      expect([response.status, response.headers.get('vary')]).toEqual([
        response.status,
        'Accept, Authorization, Origin, X-Cart-Token, X-Order-Token',
      ]);
  });

  it('a refusal is stored by nobody', async () => {
    const { ask, signedIn } = await openApp();
    const refusals = [
      await ask('/orders'),
      await ask('/orders', { Accept: 'application/problem+json' }),
      await ask('/nowhere'),
      await ask('/categories?page=x'),
      await ask('/categories', {}, 'PATCH'),
      await ask('/categories', { Accept: 'text/html' }),
      await ask('/cart', signedIn, 'DELETE'),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([401, 401, 404, 422, 405, 406, 412]);
    for (const { headers } of refusals) expect(headers.get('cache-control')).toBe('no-store');
  });

  it('what one has seen is asked for again, and costs nothing', async () => {
    const { ask } = await openApp();
    const first = await ask('/categories/cups');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"v3-[\w-]{16}"$/);
    for (const method of ['GET', 'HEAD']) {
      const again = await ask('/categories/cups', { 'If-None-Match': tag }, method);
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(tag);
      expect(again.headers.get('cache-control')).toBe('private, no-cache');
    }
  });

  it('a page of a list has a tag of its own: of what stands on it, and of where the others are', async () => {
    const { ask } = await openApp();
    const tagOf = async (path: string) => (await ask(path)).headers.get('etag') ?? '';
    const tag = await tagOf('/categories');
    expect(tag).toMatch(/^"[\w-]{16}"$/);
    expect(await tagOf('/categories')).toBe(tag);
    expect(await tagOf('/categories?page=2')).not.toBe(tag);
    const again = await ask('/categories', { 'If-None-Match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('etag')).toBe(tag);
    expect((await ask('/categories?page=2', { 'If-None-Match': tag })).status).toBe(200);
  });

  it('HEAD is what GET would be, without saying it', async () => {
    const { ask } = await openApp();
    const [get, head] = [await ask('/categories/cups'), await ask('/categories/cups', {}, 'HEAD')];
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['etag', 'vary', 'cache-control', 'content-type'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  it('who changes what has changed since is told the tag to try again with', async () => {
    const { ask, signedIn } = await openApp();
    const headers = { ...signedIn, 'If-Match': '"v6-of_yesterday"' };
    const response = await ask('/cart', headers, 'DELETE');
    expect(response.status).toBe(412);
    const tag = response.headers.get('etag') ?? '';
    expect(tag).toBe('"v7"');
    expect(await firstError(response)).toMatchObject({ detail: { current_version: 7 } });
    const retry = await ask('/cart', { ...signedIn, 'If-Match': tag }, 'DELETE');
    expect(await firstError(retry)).toMatchObject({ code: 'core.stale_version' });
  });
});
