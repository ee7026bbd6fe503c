import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { expectEnvelope, faultsOf } from './envelope.ts';
import { stockMug } from './goods.ts';
import { sendBytes, sendRaw, statusesIn, type RawAnswer } from './raw-request.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

let shop: TestShop;
let slug: string;
let token: string;

beforeAll(async () => {
  shop = await openTestShop();
  const staff = await shop.hire('staff');
  slug = (await stockMug(staff)).slug;
  token = `Bearer ${staff.account.access}`;
});

afterAll(() => shop.close());

async function ask(path: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const answer = await sendRaw(shop.url, { method: 'GET', path, headers, body: null });
  expectEnvelope(answer, 'GET');
  return answer;
}

describe('an address that cannot be', () => {
  it.each([
    ['/api/v1//products', 'request.not_found'],
    ['//api/v1/products', 'request.not_found'],
    ['/api/v1/products//', 'request.not_found'],
    ['/api/v1/products/a%2Fb', 'catalog.product_not_found'],
    ['/api/v1/products%2Fmug', 'request.not_found'],
    ['/api/v1/products/%00', 'request.not_found'],
    ['/api/v1/products/%ff', 'catalog.product_not_found'],
    ['/api/v1/products/%ED%A0%80', 'catalog.product_not_found'],
    ['/api/v1/products/%', 'catalog.product_not_found'],
    ['/api/v1/products/%2e%2e', 'request.not_found'],
    ['/api/v1/products/__proto__', 'catalog.product_not_found'],
    ['/api/v1/products/../../../etc/passwd', 'request.not_found'],
    ['/media/seed/..%2f..%2fpackage.json', 'request.not_found'],
    ['/media/seed/%2e%2e/shop.ts', 'request.not_found'],
    ['/media/seed/no-such-picture.svg', 'request.not_found'],
    ['/api/docs/..%2f..%2fpackage.json', 'request.not_found'],
    ['/API/V1/PRODUCTS', 'request.not_found'],
    [`/api/v1/products/${'a'.repeat(8_000)}`, 'catalog.product_not_found'],
  ])('%s leads nowhere', async (path, code) => {
    const answer = await ask(path);
    expect([answer.status, faultsOf(answer)]).toEqual([404, [[code, null]]]);
  });

  it.each(['/api/v1/orders/not-an-id', '/api/v1/orders/%00', '/api/v1/orders/1'])(
    '%s is the order of nobody',
    async (path) => {
      const answer = await ask(path, { Authorization: token });
      expect([answer.status, faultsOf(answer)]).toEqual([404, [['request.not_found', null]]]);
    },
  );

  it('dots are not resolved: what they lead to is not what was written', async () => {
    expect((await ask(`/api/v1/cart/../products/${slug}`)).status).toBe(404);
    expect((await ask(`/api/v1/./products/${slug}/`)).status).toBe(404);
  });

  it('a backslash is refused', async () => {
    const answer = await ask('/api/v1\\products');
    expect([answer.status, faultsOf(answer)]).toEqual([400, [['request.malformed_http', null]]]);
  });
});

describe('a question that cannot be', () => {
  it.each([
    ['search=%00', 'search'],
    ['search=a%00b', 'search'],
    ['%00=x', null],
  ])('%s holds what nobody can store', async (query, path) => {
    const answer = await ask(`/api/v1/products?${query}`);
    expect([answer.status, faultsOf(answer)]).toEqual([422, [['request.invalid_text', path]]]);
  });

  it.each([
    ['ordering=name%3Bdrop', 'ordering'],
    ['in_stock=1', 'in_stock'],
    ['min_price=-1', 'min_price'],
    ['max_price=1e3', 'max_price'],
    ['min_price=1.', 'min_price'],
    [`search=${'x'.repeat(201)}`, 'search'],
    ['page=9999999999', 'page'],
  ])('%s is not understood', async (query, path) => {
    const answer = await ask(`/api/v1/products?${query}`);
    expect([answer.status, faultsOf(answer)]).toEqual([422, [['request.invalid_field', path]]]);
  });

  it.each([
    ['rating=4', 'request.unknown_field', 'rating'],
    ['=', 'request.unknown_field', ''],
    ['__proto__=1', 'request.unknown_field', '__proto__'],
    ['page=1&page=2', 'request.repeated_parameter', 'page'],
  ])('%s is refused, not ignored', async (query, code, path) => {
    const answer = await ask(`/api/v1/products?${query}`);
    expect([answer.status, faultsOf(answer)]).toEqual([422, [[code, path]]]);
  });

  it.each(['search=%ff', 'search=%', 'search=%ED%A0%80', 'search=+', 'search=%5C', '&&&'])(
    '%s is answered',
    async (query) => {
      expect((await ask(`/api/v1/products?${query}`)).status).toBe(200);
    },
  );
});

describe('a token that cannot be', () => {
  it.each([
    'Bearer',
    'Bearer ',
    'Bearer a.b.c',
    'Basic YWRtaW46YWRtaW4=',
    'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIwMTk5YzBkZS0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAiLCJyb2xlIjoiYWRtaW4ifQ.',
    'é',
    'x'.repeat(7_000),
  ])('%s is refused, even where a guest may go', async (authorization) => {
    for (const path of ['/api/v1/products', '/api/v1/cart']) {
      const answer = await ask(path, { Authorization: authorization });
      expect(answer.status).toBe(401);
      expect(faultsOf(answer)).toEqual([['identity.invalid_access_token', null]]);
      expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    }
  });

  it('that is somebody’s, but changed by one letter, is nobody’s', async () => {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const promoted = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString(
      'base64url',
    );
    const forged = await ask('/api/v1/cart', {
      Authorization: [header, promoted, signature].join('.'),
    });
    expect(forged.status).toBe(401);
    expect((await ask('/api/v1/cart', { Authorization: token })).status).toBe(200);
  });
});

describe('bytes that are no request', () => {
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['another protocol', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'],
    [
      'a length and chunks',
      'POST /api/v1/cart/add_item HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/products HTTP/1.1\r\nHost: a\r\n\r\n',
    ],
    [
      'two lengths',
      'POST /api/v1/cart/add_item HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
    ],
    [
      'a negative length',
      'POST /api/v1/cart/add_item HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    ],
    [
      'chunks of no size',
      'POST /api/v1/cart/add_item HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
    ],
    [
      'a transfer in an unknown way',
      'POST /api/v1/cart/add_item HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, cow\r\n\r\n0\r\n\r\n',
    ],
    ['a header of two lines', 'GET /api/v1/products HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n'],
    ['a blank in the address', 'GET /api/v1/products?a b HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['no host', 'GET /api/v1/products HTTP/1.1\r\nConnection: close\r\n\r\n'],
    [
      'an impossible host',
      'GET /api/v1/products HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n',
    ],
  ])('%s is refused in the envelope, and nothing after it is read', async (_name, bytes) => {
    const answer = await sendBytes(shop.url, [bytes]);
    expect(statusesIn(answer)).toEqual([400]);
    expect(errorIn(answer)).toBe('request.malformed_http');
  });

  it.each([
    ['an address', `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    ['a header', `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(70_000)}\r\n\r\n`],
  ])('%s beyond all bounds is refused in the envelope', async (_name, bytes) => {
    const answer = await sendBytes(shop.url, [bytes]);
    expect(statusesIn(answer)).toEqual([431]);
    expect(errorIn(answer)).toBe('request.headers_too_large');
  });

  it('an expectation that nobody meets is no reason to refuse', async () => {
    const asked =
      'GET /api/v1/products HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n';
    expect(statusesIn(await sendBytes(shop.url, [asked]))).toEqual([200]);
  });

  it('the shop goes on', async () => {
    const { status } = await shop.guest.get('/products/');
    expect(status).toBe(200);
    expect(shop.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

function errorIn(answer: string): string | undefined {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(/^X-Request-Id: [\w-]+$/im);
  const envelope = JSON.parse(body) as { success: boolean; errors: readonly { code: string }[] };
  expect(envelope.success).toBe(false);
  return envelope.errors[0]?.code;
}
