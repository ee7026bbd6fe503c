import { beforeEach, describe, expect, it } from 'vitest';

import { CreateProduct } from '@kastoma/application/catalog';
import { FakeAccessTokens, inMemoryShop } from '@kastoma/application/testing';
import type { UserId } from '@kastoma/domain/core';

import { createHttpApp, type HttpApp, type HttpDependencies } from '../http-app.ts';

type Told = {
  readonly data: { readonly slug: string; readonly parent_id?: string } | null;
  readonly errors: readonly { code: string; path: string | null; detail: object }[] | null;
};

const NOBODYS_ID = '0199c0de-0000-7000-8000-00000000dead';

type Wrong = { readonly tags?: readonly string[]; readonly minimum_price?: object };

const MINIMUM = 'variants.0.minimum_price';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `tag-${index}`);

let app: HttpApp;
let bearer: string;

beforeEach(async () => {
  const shop = inMemoryShop();
  const { catalog: unitOfWork, settings, ids, clock } = shop;
  const accessTokens = new FakeAccessTokens();
  const staff = { userId: ids.next<UserId>(), sessionId: ids.next(), role: 'staff' };
  const { token } = await accessTokens.issue(staff as never, clock.now());
  bearer = `Bearer ${token}`;
  app = createHttpApp({
    accessTokens,
    clock,
    ids,
    settings,
    catalog: {
      createProduct: new CreateProduct({ unitOfWork, settings, ids, clock }),
      productQueries: shop.productQueries,
    },
    identity: {},
    cart: {},
    orders: {},
    notifications: {},
    payments: {},
    healthChecks: [],
    reportFailure: ({ error }: { error: unknown }) => expect.fail(String(error)),
    isUnavailable: () => false,
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
});

async function post(path: string, body: object) {
  const response = await app.request(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: bearer },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Told) };
}

function mug(...skus: readonly string[]) {
  const price = { amount: '12.00', currency: 'USD' };
  return { name: 'Mug', variants: skus.map((sku) => ({ sku, price })) };
}

describe('what a body refers to', () => {
  it('a product is put on no shelf that is not there, and the field is named', async () => {
    expect(await post('/products', { ...mug('A'), category_id: NOBODYS_ID })).toMatchObject({
      status: 422,
      errors: [{ code: 'catalog.unknown_category', path: 'category_id' }],
    });
  });

  it('SKUs that others have are told, all of them, at the place of the first', async () => {
    expect((await post('/products', mug('A', 'B'))).status).toBe(201);
    expect(await post('/products', mug('C', 'B', 'A'))).toMatchObject({
      status: 409,
      errors: [{ code: 'catalog.sku_taken', path: 'variants.1.sku', detail: { skus: ['B', 'A'] } }],
    });
  });
});

describe('what promotions ask of a product', () => {
  const price = { amount: '12.00', currency: 'USD' };
  const minimum = { amount: '9.50', currency: 'USD' };
  const variant = { sku: 'A', price, minimum_price: minimum };

  it('is taken and shown: tags to everybody, the minimum price to staff', async () => {
    const tags = ['Gift', 'new', ' gift '];
    const created = await post('/products', { name: 'Mug', tags, variants: [variant] });
    const shown = { tags: ['gift', 'new'], variants: [{ minimum_price: minimum }] };
    expect(created).toMatchObject({ status: 201, data: shown });
    const path = `/api/v1/products/${created.data?.slug}`;
    const asStaff = await app.request(path, { headers: { Authorization: bearer } });
    expect(await asStaff.json()).toMatchObject({ data: shown });
    expect(await (await app.request(path)).json()).toMatchObject({
      data: { tags: ['gift', 'new'], variants: [{ minimum_price: null }] },
    });
    expect(await (await app.request('/api/v1/products')).json()).toMatchObject({
      data: [{ tags: ['gift', 'new'] }],
    });
  });

  it('may be left out', async () => {
    expect(await post('/products', mug('A'))).toMatchObject({
      status: 201,
      data: { tags: [], variants: [{ minimum_price: null }] },
    });
    const withNull = { name: 'Mug', variants: [{ sku: 'B', price, minimum_price: null }] };
    expect((await post('/products', withNull)).status).toBe(201);
  });

  it.each<[Wrong, string, string]>([
    [{ tags: ['new', ' '] }, 'core.invalid_text', 'tags.1'],
    [{ tags: ['x'.repeat(41)] }, 'core.invalid_text', 'tags.0'],
    [{ tags: numbered(51) }, 'catalog.invalid_tag_count', 'tags'],
    [{ minimum_price: { ...price, amount: '12.01' } }, 'catalog.invalid_price', MINIMUM],
    [{ minimum_price: { ...price, amount: '-0.01' } }, 'catalog.invalid_price', MINIMUM],
    [{ minimum_price: { ...price, currency: 'EUR' } }, 'catalog.invalid_price', MINIMUM],
  ])('is refused where it is none: %j', async ({ tags = [], ...changes }, code, path) => {
    const variants = [{ ...variant, ...changes }];
    expect(await post('/products', { name: 'Mug', tags, variants })).toMatchObject({
      status: 422,
      errors: [{ code, path }],
    });
  });
});

describe('an address that the shop itself uses', () => {
  it('is given to no product, whatever its name', async () => {
    const { data } = await post('/products', { ...mug('A'), name: 'Export' });
    expect(data?.slug).toMatch(/^product-/);
    expect((await app.request(`/api/v1/products/${data?.slug}`)).status).toBe(200);
  });
});

describe('searching', () => {
  it('finds by each of the words, in any order and spelling of an accent', async () => {
    await post('/products', { ...mug('TABLE-1'), name: 'Café table' });
    await post('/products', { ...mug('CHAIR-1'), name: 'Café chair' });
    for (const search of ['table caf%C3%A9', 'TABLE+cafe%CC%81', 'table-1 caf']) {
      const response = await app.request(`/api/v1/products?search=${search}`);
      const { data } = (await response.json()) as { data: readonly { name: string }[] };
      expect(data.map(({ name }) => name)).toEqual(['Café table']);
    }
  });

  it('between bounds that exclude each other finds nothing', async () => {
    await post('/products', mug('A'));
    const response = await app.request('/api/v1/products?min_price=20&max_price=5');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: [], pagination: { count: 0 } });
  });
});
