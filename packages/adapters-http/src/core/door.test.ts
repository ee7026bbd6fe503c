import { describe, expect, it } from 'vitest';

import { createHttpApp, type HttpDependencies } from '../http-app.ts';
import { CLOSED_DOOR, type DoorSettings } from './door.ts';

const ORIGIN = 'https://shop.example';
const PROXY = '10.0.0.1';

/** A shop with one page of no products, asked from an address. */
function openShop(door: Partial<DoorSettings> = {}) {
  const app = createHttpApp({
    door: { ...CLOSED_DOOR, ...door },
    catalog: {
      productQueries: { list: async () => ({ items: [], count: 61, countIsExact: true }) },
    },
    settings: { currency: 'USD' },
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
  return (
    path: string,
    headers: Record<string, string> = {},
    { method = 'GET', peer = PROXY }: { method?: string; peer?: string } = {},
  ) =>
    app.request(
      path,
      { method, headers },
      {
        incoming: { socket: { remoteAddress: peer } },
      },
    );
}

async function codeOf(response: Response): Promise<string | undefined> {
  const { errors } = (await response.json()) as { errors: readonly { code: string }[] };
  return errors[0]?.code;
}

describe('every answer', () => {
  it.each([
    ['/api/v1/products', 200],
    ['/api/v1/orders', 401],
    ['/api/v1/nowhere', 404],
    ['/', 200],
    ['/nowhere', 404],
    ['/health/live', 200],
    ['/api/docs', 200],
    ['/api/openapi.json', 200],
  ])('of %s says what it is, and lets nobody frame or embed it', async (path, status) => {
    const answered = await openShop()(path);
    const { headers } = answered;
    expect(answered.status).toBe(status);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('vary')).toContain('Origin');
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('carries an id that is harmless wherever it is written', async () => {
    const ask = openShop();
    const given = await ask('/health/live', { 'X-Request-Id': 'order-7/retry:2' });
    expect(given.headers.get('x-request-id')).toBe('order-7/retry:2');
    for (const injected of [
      'a b',
      'a%0d%0aSet-Cookie: a=b,',
      '<script>alert(1)</script>',
      '"} {"level":"error"',
      '%1b[31mred',
      '{{7*7}}',
      'x'.repeat(129),
    ]) {
      const { headers } = await ask('/health/live', { 'X-Request-Id': injected });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('the pages', () => {
  it('allow nothing inline but the one style of the root, by its hash', async () => {
    const ask = openShop();
    const page = await ask('/');
    const style = /<style>([^<]+)<\/style>/.exec(await page.text())?.[1] ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    const hash = Buffer.from(digest).toString('base64');
    expect(page.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`);
  });

  it('of the reference hold no script and no style, so that their policy lets them work', async () => {
    const page = await openShop()('/api/docs');
    const html = await page.text();
    expect(html).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|\sstyle=|javascript:/i);
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const rule of ["script-src 'self'", "style-src 'self'", "connect-src 'self'"])
      expect(policy).toContain(rule);
  });
});

describe('a page of another site', () => {
  const crossOrigin = { origins: [ORIGIN], localhost: false };

  it('that the shop names may read answers, and the headers that it needs', async () => {
    const { headers } = await openShop({ crossOrigin })('/api/v1/products', { Origin: ORIGIN });
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    const exposed = (headers.get('access-control-expose-headers') ?? '').split(', ');
    expect(exposed.toSorted()).toEqual([
      'Deprecation',
      'ETag',
      'Idempotency-Replayed',
      'Link',
      'Location',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'Sunset',
      'X-Cart-Token',
      'X-Request-Id',
    ]);
  });

  it('may read refusals too, else nobody could tell what is wrong', async () => {
    const { headers } = await openShop({ crossOrigin })('/api/v1/orders', { Origin: ORIGIN });
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });

  it.each([
    'https://evil.example',
    'https://shop.example.evil.example',
    'https://evil-shop.example',
    'http://shop.example',
    'https://shop.example:444',
    'https://SHOP.example',
    'null',
    '*',
    '',
    'http://localhost:3000',
  ])('that it does not name may not: %s', async (origin) => {
    const ask = openShop({ crossOrigin });
    const read = await ask('/api/v1/products', { Origin: origin });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    expect(read.headers.get('access-control-expose-headers')).toBeNull();
    const first = { Origin: origin, 'Access-Control-Request-Method': 'POST' };
    const preflight = await ask('/api/v1/orders', first, { method: 'OPTIONS' });
    expect([preflight.status, await codeOf(preflight)]).toEqual([
      403,
      'request.origin_not_allowed',
    ]);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('asks first and is told, for any address, without anything being looked up', async () => {
    const first = { Origin: ORIGIN, 'Access-Control-Request-Method': 'PATCH' };
    for (const path of ['/api/v1/orders', '/api/v1/nowhere']) {
      const answer = await openShop({ crossOrigin })(path, first, { method: 'OPTIONS' });
      expect([answer.status, await answer.text()]).toEqual([204, '']);
      expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
      for (const name of ['Authorization', 'Idempotency-Key', 'If-Match', 'X-Cart-Token'])
        expect(answer.headers.get('access-control-allow-headers')).toContain(name);
      expect(answer.headers.get('access-control-max-age')).toBe('7200');
    }
  });

  it('never sends cookies along: nobody signs in by one', async () => {
    const ask = openShop({ crossOrigin });
    const first = { Origin: ORIGIN, 'Access-Control-Request-Method': 'POST' };
    for (const answer of [
      await ask('/api/v1/products', { Origin: ORIGIN }),
      await ask('/api/v1/orders', first, { method: 'OPTIONS' }),
    ]) {
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(answer.headers.get('access-control-allow-origin')).not.toBe('*');
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('on this machine may, where the shop is being built', async () => {
    const ask = openShop({ crossOrigin: { origins: [], localhost: true } });
    for (const origin of [
      'http://localhost:3000',
      'http://localhost',
      'https://localhost:5173',
      'http://127.0.0.1:8080',
      'http://[::1]:3000',
    ]) {
      const { headers } = await ask('/api/v1/products', { Origin: origin });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
    }
    for (const origin of ['http://localhost.evil.example', 'http://127.0.0.1.evil.example:80']) {
      const { headers } = await ask('/api/v1/products', { Origin: origin });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('a shop that is spoken to over HTTPS alone', () => {
  const ask = openShop({ https: true, trustedProxies: ['10.0.0.0/8'] });
  const secure = { 'X-Forwarded-Proto': 'https' };

  it('says so to those who come so, for a year', async () => {
    const answer = await ask('/api/v1/products', secure);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('leads to pages that are reached so', async () => {
    const { headers } = await ask('/api/v1/products', secure);
    expect(headers.get('link')).toContain('<https://');
    const plain = await openShop()('/api/v1/products', secure);
    expect(plain.headers.get('link')).toContain('<http://');
  });

  it.each([
    ['http', PROXY],
    ['https', '203.0.113.7'],
    ['https, http', PROXY],
    ['', PROXY],
  ])('sends others there: %j from %s', async (protocol, peer) => {
    const path = 'http://shop.example:8000/api/v1/products/?search=a%20b';
    const answer = await ask(path, { 'X-Forwarded-Proto': protocol }, { peer });
    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toBe(
      'https://shop.example/api/v1/products/?search=a%20b',
    );
    expect(answer.headers.get('strict-transport-security')).toBeNull();
  });

  it('does not repeat a write that came in the open, and says why', async () => {
    const answer = await ask('/api/v1/auth/login', {}, { method: 'POST' });
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'request.https_required']);
  });

  it('answers who asks on the inside whether it is well', async () => {
    expect((await ask('/health/live', {}, { peer: '127.0.0.1' })).status).toBe(200);
  });
});
