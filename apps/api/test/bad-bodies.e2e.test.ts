import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { expectEnvelope, faultsOf } from './envelope.ts';
import { ADDRESS, CHECKOUT, newKey, onlyVariant, stockMug, usd } from './goods.ts';
import { sendRaw } from './raw-request.ts';
import { readFingerprint } from './stored-data.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

let shop: TestShop;
let token: string;
let variant: string;
let staffToken: string;

beforeAll(async () => {
  shop = await openTestShop({ KASTOMA_WORKER: 'separate' });
  const staff = await shop.hire('staff');
  variant = onlyVariant(await stockMug(staff, { stock: 50 })).id;
  const customer = await shop.signUp('mallory');
  await customer.post('/cart/add_item/', { variant_id: variant, quantity: 1 }).expect(200);
  token = `Bearer ${customer.account.access}`;
  staffToken = `Bearer ${staff.account.access}`;
});

afterAll(() => shop.close());

type Fault = readonly [code: string, path: string | null];

/** Sends it to the cart, to be refused and to leave everything as it was. */
async function expectRefusal(
  parts: { path?: string; body: Buffer | string; headers?: Record<string, string>; as?: string },
  status: number,
  ...faults: readonly Fault[]
): Promise<void> {
  const before = await readFingerprint(shop.database);
  const body = Buffer.from(parts.body);
  const answer = await sendRaw(shop.url, {
    method: 'POST',
    path: `/api/v1${parts.path ?? '/cart/add_item/'}`,
    headers: {
      Authorization: parts.as ?? token,
      'Content-Type': 'application/json',
      'Content-Length': String(body.length),
      ...newKey(),
      ...parts.headers,
    },
    body,
  });
  expect([answer.status, ...faultsOf(answer)]).toEqual([status, ...faults]);
  expectEnvelope(answer, 'POST');
  expect(await readFingerprint(shop.database)).toEqual(before);
}

const item = (quantity: string) => `{"variant_id":"${variant}","quantity":${quantity}}`;

describe('a body that is not JSON', () => {
  it.each([
    ['cut short', '{"quantity":'],
    ['with a comma too many', '{"quantity":1,}'],
    ['in single quotes', "{'quantity':1}"],
    ['with something after it', '{"quantity":1} x'],
    ['a word', 'quantity'],
    ['not a number', '{"quantity":NaN}'],
    ['begun and never ended', '['.repeat(40)],
    ['with invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['in UTF-16', Buffer.from('{"quantity":1}', 'utf16le')],
  ])('%s is refused as such', async (_name, body) => {
    await expectRefusal({ body }, 400, ['request.malformed_json', null]);
    expect.hasAssertions();
  });

  it('of nothing is asked for', async () => {
    await expectRefusal({ body: '' }, 400, ['request.body_required', null]);
    await expectRefusal({ body: '', headers: { 'Content-Type': '' } }, 400, [
      'request.body_required',
      null,
    ]);
    expect.hasAssertions();
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=iso-8859-1',
    'application/jsonp',
    '',
  ])('%s is no type that is read', async (type) => {
    await expectRefusal({ body: item('1'), headers: { 'Content-Type': type } }, 415, [
      'request.unsupported_media_type',
      null,
    ]);
    expect.hasAssertions();
  });

  it('compressed is not read', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    await expectRefusal({ body: gzipSync(item('1')), headers }, 415, [
      'request.unsupported_media_type',
      null,
    ]);
    expect.hasAssertions();
  });
});

describe('a body of another shape', () => {
  it.each([
    ['null', 'request.invalid_field'],
    ['[]', 'request.invalid_field'],
    ['"text"', 'request.invalid_field'],
    ['42', 'request.invalid_field'],
    ['true', 'request.invalid_field'],
  ])('%s is no object', async (body, code) => {
    await expectRefusal({ body }, 422, [code, null]);
    expect.hasAssertions();
  });

  it('lacks what is required', async () => {
    await expectRefusal({ body: '{}' }, 422, ['request.missing_field', 'quantity']);
    await expectRefusal({ body: '{"quantity":1}' }, 422, ['request.invalid_field', 'variant_id']);
    await expectRefusal(
      { path: '/orders/', body: JSON.stringify({ shipping_address: {} }) },
      422,
      ['request.missing_field', 'shipping_address.name'],
      ['request.missing_field', 'shipping_address.line1'],
      ['request.missing_field', 'shipping_address.city'],
      ['request.missing_field', 'shipping_address.postal_code'],
      ['request.missing_field', 'shipping_address.country'],
      ['request.missing_field', 'payment_method'],
    );
    expect.hasAssertions();
  });

  it('has fields that nobody knows, and each is named', async () => {
    const body = `{"variant_id":"${variant}","quantity":1,"price":"0.01","role":"admin"}`;
    await expectRefusal(
      { body },
      422,
      ['request.unknown_field', 'price'],
      ['request.unknown_field', 'role'],
    );
    const order = { ...CHECKOUT, shipping_address: { ...ADDRESS, colour: 'red' } };
    await expectRefusal({ path: '/orders/', body: JSON.stringify(order) }, 422, [
      'request.unknown_field',
      'shipping_address.colour',
    ]);
    expect.hasAssertions();
  });

  it('means the prototype', async () => {
    for (const key of ['__proto__', 'nested":{"__proto__']) {
      const closing = key.includes('{') ? '}' : '';
      const body = `{"variant_id":"${variant}","quantity":1,"${key}":{"role":"admin"}}${closing}`;
      const path = closing === '' ? null : 'nested';
      await expectRefusal({ body }, 422, ['request.invalid_text', path]);
    }
    const constructor = `{"variant_id":"${variant}","quantity":1,"constructor":{}}`;
    await expectRefusal({ body: constructor }, 422, ['request.unknown_field', 'constructor']);
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  it('is nested beyond reason', async () => {
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    await expectRefusal({ body: deep(41) }, 422, ['request.too_deep', null]);
    await expectRefusal({ body: deep(50_000) }, 422, ['request.too_deep', null]);
    await expectRefusal({ body: '['.repeat(1_000_000) }, 422, ['request.too_deep', null]);
    await expectRefusal({ body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` }, 422, [
      'request.too_deep',
      null,
    ]);
    expect.hasAssertions();
  });
});

describe('a field of another kind', () => {
  it.each([
    ['a text', '"2"', 'request.invalid_field'],
    ['null', 'null', 'request.invalid_field'],
    ['a list', '[1]', 'request.invalid_field'],
    ['an object', '{"amount":1}', 'request.invalid_field'],
    ['negative', '-1', 'core.invalid_quantity'],
    ['nothing', '0', 'core.invalid_quantity'],
    ['a fraction', '1.5', 'core.invalid_quantity'],
    ['almost one', '0.9999999999999999', 'core.invalid_quantity'],
    ['10^30', '1e30', 'core.invalid_quantity'],
    ['10^30 written out', `1${'0'.repeat(30)}`, 'core.invalid_quantity'],
    ['more than a line holds', '10000', 'core.invalid_quantity'],
  ])('%s is no quantity', async (_name, quantity, code) => {
    await expectRefusal({ body: item(quantity) }, 422, [code, 'quantity']);
    expect.hasAssertions();
  });

  it('a number that no program can hold is no quantity', async () => {
    await expectRefusal({ body: item('1e400') }, 422, ['request.invalid_field', 'quantity']);
    expect.hasAssertions();
  });

  it.each(['"not-an-id"', '""', '"00000000-0000-0000-0000-00000000000g"', `"${'a'.repeat(5000)}"`])(
    '%s is no id',
    async (id) => {
      const body = `{"variant_id":${id},"quantity":1}`;
      await expectRefusal({ body }, 422, ['core.malformed_id', 'variant_id']);
      expect.hasAssertions();
    },
  );

  it('an id that nobody has is not for sale', async () => {
    const unknown = '0199c0de-0000-7000-8000-000000000000';
    await expectRefusal({ body: `{"variant_id":"${unknown}","quantity":1}` }, 404, [
      'ordering.offer_not_found',
      'variant_id',
    ]);
    await expectRefusal({ body: `{"product_id":"${unknown}","quantity":1}` }, 404, [
      'ordering.offer_not_found',
      'product_id',
    ]);
    expect.hasAssertions();
  });

  it('both a product and a variant is one too many', async () => {
    const body = `{"variant_id":"${variant}","product_id":"${variant}","quantity":1}`;
    await expectRefusal({ body }, 422, ['request.invalid_field', 'variant_id']);
    expect.hasAssertions();
  });

  it.each(['a\\u0000b', '\\ud800', 'x\\udc00y'])('%s can be stored by nobody', async (text) => {
    const order = JSON.stringify({ ...CHECKOUT, notes: '@' }).replace('@', text);
    await expectRefusal({ path: '/orders/', body: order }, 422, ['request.invalid_text', 'notes']);
    const nested = JSON.stringify({ ...CHECKOUT, shipping_address: { ...ADDRESS, name: '@' } });
    await expectRefusal({ path: '/orders/', body: nested.replace('@', text) }, 422, [
      'request.invalid_text',
      'shipping_address.name',
    ]);
    expect.hasAssertions();
  });

  it.each([
    ['19.9', 'core.malformed_amount'],
    ['19.999', 'core.malformed_amount'],
    ['1e3', 'core.malformed_amount'],
    ['+1.00', 'core.malformed_amount'],
    ['٣.٠٠', 'core.malformed_amount'],
    ['', 'core.malformed_amount'],
    ['-1.00', 'catalog.invalid_price'],
    ['99999999999999.00', 'catalog.invalid_price'],
    ['9999999999999999999999999999.00', 'core.money_out_of_bounds'],
  ])('%s is no price', async (amount, code) => {
    const variants = [{ sku: 'BAD', price: usd(amount) }];
    const body = JSON.stringify({ name: 'Bad', variants });
    await expectRefusal({ path: '/products/', body, as: staffToken }, 422, [
      code,
      'variants.0.price',
    ]);
    expect.hasAssertions();
  });

  it.each([-1, 0.5, 1e30, 2_147_483_648])('%s is no stock', async (stock) => {
    const variants = [{ sku: 'BAD', price: usd('1.00'), stock }];
    const body = JSON.stringify({ name: 'Bad', variants });
    await expectRefusal({ path: '/products/', body, as: staffToken }, 422, [
      'catalog.invalid_opening_stock',
      'variants.0.stock',
    ]);
    expect.hasAssertions();
  });
});

describe('JSON that is odd, and JSON all the same', () => {
  async function expectQuantity(body: string, headers: Record<string, string> = {}): Promise<void> {
    const customer = await shop.signUp(`odd-${crypto.randomUUID().slice(0, 8)}`);
    const answer = await sendRaw(shop.url, {
      method: 'POST',
      path: '/api/v1/cart/add_item/',
      headers: {
        Authorization: `Bearer ${customer.account.access}`,
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(body)),
        ...headers,
      },
      body: Buffer.from(body),
    });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).toContain('"item_count":2,');
  }

  it('of a key twice the last one counts, as everywhere', async () => {
    await expectQuantity(`{"quantity":1,"variant_id":"${variant}","quantity":2}`);
    expect.hasAssertions();
  });

  it('a byte order mark at the start is ignored', async () => {
    await expectQuantity(`\uFEFF${item('2')}`);
    expect.hasAssertions();
  });

  it.each(['2.0', '2e0', '200e-2'])('%s is two', async (two) => {
    await expectQuantity(item(two));
    expect.hasAssertions();
  });

  it.each(['application/json;charset=utf-8', 'APPLICATION/JSON; Charset="UTF-8"'])(
    '%s is JSON',
    async (type) => {
      await expectQuantity(item('2'), { 'Content-Type': type });
      expect.hasAssertions();
    },
  );
});
