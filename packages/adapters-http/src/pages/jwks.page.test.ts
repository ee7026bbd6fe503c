import { expect, it } from 'vitest';

import { createHttpApp, type HttpDependencies } from '../http-app.ts';

const key = { kty: 'OKP', crv: 'Ed25519', x: 'AAAA', kid: 'one', alg: 'EdDSA', use: 'sig' };

function open(publicKeys: readonly object[]) {
  const app = createHttpApp({
    publicKeys,
    identity: {},
    catalog: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    promotions: {},
    settings: {},
    healthChecks: [],
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
  return async (headers: Record<string, string> = {}, method: string = 'GET') =>
    app.request('/.well-known/jwks.json', { method, headers });
}

it('the keys are told as they are, outside the envelope, for caches to keep', async () => {
  const ask = open([key]);
  const response = await ask();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/jwk-set+json');
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  expect(await response.json()).toEqual({ keys: [key] });
  const again = await ask({ 'If-None-Match': response.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});

it('where the key is shared there is nothing to tell', async () => {
  expect(await (await open([])()).json()).toEqual({ keys: [] });
});

it('nobody writes them', async () => {
  expect((await open([key])({}, 'POST')).status).toBe(404);
});
