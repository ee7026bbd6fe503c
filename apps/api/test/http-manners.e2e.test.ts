import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { problemOf, type Client } from './client.ts';
import { stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Failure } from './wire.ts';

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

describe('an address', () => {
  it('is the same with and without a slash at its end, for reads and writes', async () => {
    const mug = await stockMug(staff);
    const [bare, slashed] = await Promise.all([
      shop.guest.get(`/products/${mug.id}`).expect(200),
      shop.guest.get(`/products/${mug.id}/`).expect(200),
    ]);
    expect(bare.text).toBe(slashed.text);
    const buyer = await shop.signUp('slasher');
    const item = { product_id: mug.id, quantity: 1 };
    await buyer.post('/cart/add_item', item).expect(200);
    const { data } = await buyer.post<Cart>('/cart/add_item/', item).expect(200);
    expect(data.item_count).toBe(2);
  });

  it('answers HEAD with what GET would say, without saying it', async () => {
    const mug = await stockMug(staff);
    const path = `/api/v1/products/${mug.id}/`;
    const [get, head] = await Promise.all([
      shop.guest.send('GET', path),
      shop.guest.send('HEAD', path),
    ]);
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['etag', 'content-type', 'cache-control'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    expect((await shop.guest.send('HEAD', '/api/v1/nowhere')).status).toBe(404);
  });

  it('says which methods it offers when asked with another one', async () => {
    const offered: Record<string, string> = {
      '/products': 'GET, POST, HEAD',
      '/users/me': 'GET, PATCH, DELETE, HEAD',
      '/cart': 'GET, DELETE, HEAD',
      '/cart/items/x': 'PATCH, DELETE',
      '/cart/shipping/': 'PUT',
      '/auth/login': 'POST',
    };
    for (const [path, allow] of Object.entries(offered)) {
      for (const method of ['OPTIONS', 'PROPFIND']) {
        const response = await shop.guest.send(method, `/api/v1${path}`);
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe(allow);
        expect(await firstError(response)).toMatchObject({ code: 'request.method_not_allowed' });
      }
    }
  });

  it('that nobody knows is 404 in the envelope', async () => {
    for (const path of ['/api/v1/nowhere', '/nowhere', '/api/v2/products', '/api/v1']) {
      const response = await shop.guest.send('GET', path);
      expect(response.status).toBe(404);
      expect(await firstError(response)).toMatchObject({ code: 'request.not_found', path: null });
    }
  });
});

describe('an answer', () => {
  it('is problem+json for those who ask for it', async () => {
    const response = await shop.guest.send('POST', '/api/v1/auth/login/', {
      body: { email: 'nobody', password: 1 },
      headers: { Accept: 'application/problem+json' },
    });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await problemOf(response)).toMatchObject({
      type: 'about:blank',
      title: 'The request breaks a rule',
      status: 422,
      code: 'identity.invalid_email',
      path: 'email',
      errors: [{ path: 'email' }, { path: 'password' }],
    });
  });

  it('is the envelope when it is a success, even then', async () => {
    const { headers } = await shop.guest
      .get('/products/', { Accept: 'application/problem+json' })
      .expect(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    'application/json',
    'application/*',
    '*/*',
    'text/html, */*;q=0.1',
    'text/html,APPLICATION/JSON',
  ])('is given to those who take %s', async (accept) => {
    expect((await shop.guest.get('/products/', { Accept: accept })).status).toBe(200);
  });

  it.each(['text/html', 'application/xml', 'application/json;q=0', 'image/*'])(
    'is refused to those who take %s alone',
    async (accept) => {
      const answer = await shop.guest.get('/products/', { Accept: accept });
      expect([answer.status, answer.errors?.[0]?.code]).toEqual([406, 'request.not_acceptable']);
    },
  );

  it('carries the id that the caller gave to the request, or one of its own', async () => {
    const given = await shop.guest.get('/products/', { 'X-Request-Id': 'order-7/retry:2' });
    expect(given.headers.get('x-request-id')).toBe('order-7/retry:2');
    const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
    for (const odd of ['', 'two words', 'x'.repeat(129), '<script>']) {
      const { headers } = await shop.guest.get('/products/', { 'X-Request-Id': odd });
      expect(headers.get('x-request-id')).toMatch(uuid);
    }
    const refused = await shop.guest.get('/nowhere');
    expect(refused.headers.get('x-request-id')).toMatch(uuid);
  });

  it('is never taken for anything but what it is', async () => {
    const { headers } = await shop.guest.get('/products/').expect(200);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('that holds a secret is stored by nobody', async () => {
    const { headers } = await shop.guest
      .post('/auth/register/', {
        email: 'secret@people.example',
        password: 'nobody may keep this',
        first_name: 'S',
        last_name: 'K',
      })
      .expect(201);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('to an attempt to sign in too often says when to come back', async () => {
    const strict = await openTestShop({ KASTOMA_RATE_LIMITS: 'on' });
    const guess = { email: 'ada@people.example', password: 'is it this one?' };
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await strict.guest.post('/auth/login/', guess).refused(401, 'identity.invalid_credentials');
    }
    const { headers } = await strict.guest
      .post('/auth/login/', guess)
      .refused(429, 'identity.too_many_attempts');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await strict.close();
  });
});

describe('beside the API', () => {
  it('health says that all is well, and what it looked at', async () => {
    for (const path of ['/health', '/health/', '/health/ready/', '/health/live/']) {
      const response = await fetch(shop.url + path);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ success: true, data: { status: 'up' } });
    }
    const detailed = await (await fetch(`${shop.url}/health/detailed/`)).json();
    expect(detailed).toMatchObject({
      data: {
        status: 'up',
        checks: [
          { name: 'database', status: 'up', optional: false },
          {
            name: 'outbox',
            status: 'up',
            optional: true,
            facts: { lag_seconds: expect.any(Number) as number, quarantined: 0 },
          },
          { name: 'payments', status: 'up', optional: true },
          {
            name: 'webhooks',
            status: 'up',
            optional: true,
            facts: { oldest_due_seconds: expect.any(Number) as number },
          },
        ],
      },
    });
  });

  it('the docs need nothing from elsewhere', async () => {
    const page = await fetch(`${shop.url}/api/docs/`);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, address]) => address ?? '',
    );
    const local = loaded.filter((address) => address.startsWith('/'));
    expect(local.length).toBe(3);
    expect(loaded.filter((address) => !/^(?:\/|data:)/.test(address))).toEqual([]);
    for (const address of local) expect((await fetch(shop.url + address)).status).toBe(200);
  });

  it('a browser at the root is shown the way, and every link of it leads somewhere', async () => {
    const response = await fetch(shop.url);
    expect(response.headers.get('content-type')).toContain('text/html');
    const links = [...(await response.text()).matchAll(/<a href="([^"]+)"/g)];
    expect(links.length).toBe(4);
    for (const [, address] of links) expect((await fetch(shop.url + address)).status).toBe(200);
  });
});

async function firstError(response: Response): Promise<Failure | undefined> {
  const { errors } = (await response.json()) as { errors: readonly Failure[] };
  return errors[0];
}
