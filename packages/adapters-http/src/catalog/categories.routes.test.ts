import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  CreateCategory,
  DefineAttributes,
  DeleteCategory,
  ReviseCategory,
} from '@kastoma/application/catalog';
import {
  FakeAccessTokens,
  givenProduct,
  inMemoryShop,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { CategoryId, UserId } from '@kastoma/domain/core';

import { createHttpApp, type HttpApp, type HttpDependencies } from '../http-app.ts';
import type { CategoryUseCases } from './categories.routes.ts';

type Shown = {
  readonly id: CategoryId;
  readonly slug: string;
  readonly version: number;
  readonly children: readonly Shown[];
};
type Told = {
  readonly status: number;
  readonly etag: string | null;
  readonly data: Shown;
  readonly errors: readonly { code: string; path: string | null; detail: object }[] | null;
};

const NOBODYS_ID = '0199c0de-0000-7000-8000-00000000dead';

let shop: ShopPorts;
let app: HttpApp;
let asStaff: Record<string, string>;
const catalog: { -readonly [Name in keyof CategoryUseCases]?: CategoryUseCases[Name] } = {};

beforeAll(async () => {
  const { settings, ids, clock } = inMemoryShop();
  const accessTokens = new FakeAccessTokens();
  const staff = { userId: ids.next<UserId>(), sessionId: ids.next(), role: 'staff' };
  const { token } = await accessTokens.issue(staff as never, clock.now());
  asStaff = { Authorization: `Bearer ${token}` };
  app = createHttpApp({
    accessTokens,
    clock,
    ids,
    settings,
    catalog,
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

/** Each test has a shop of its own behind the same app. */
beforeEach(() => {
  shop = inMemoryShop();
  const { catalog: unitOfWork, ids, clock } = shop;
  catalog.createCategory = new CreateCategory({ unitOfWork, ids, clock });
  catalog.reviseCategory = new ReviseCategory({ unitOfWork, clock });
  catalog.deleteCategory = new DeleteCategory({ unitOfWork, clock });
  catalog.defineAttributes = new DefineAttributes({ unitOfWork, clock });
  catalog.categoryQueries = shop.categoryQueries;
  catalog.productQueries = shop.productQueries;
});

async function send(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = asStaff,
): Promise<Told> {
  const response = await app.request(`/api/v1/categories${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told = (await response.json()) as Pick<Told, 'data' | 'errors'>;
  return { status: response.status, etag: response.headers.get('etag'), ...told };
}

async function given(name: string, parentId: string | null = null): Promise<Shown> {
  const created = await send('POST', '', { name, parent_id: parentId });
  expect(created.status).toBe(201);
  return created.data;
}

describe('a category that is created', () => {
  it('stands below none that is not there, and the field is named', async () => {
    expect(await send('POST', '', { name: 'Cups', parent_id: NOBODYS_ID })).toMatchObject({
      status: 422,
      errors: [{ code: 'catalog.unknown_category', path: 'parent_id' }],
    });
  });

  it('has no address that the shop itself uses', async () => {
    expect(await send('POST', '', { name: 'Trees', slug: 'tree' })).toMatchObject({
      status: 422,
      errors: [{ code: 'catalog.invalid_slug', path: 'slug' }],
    });
  });

  it('is answered as it is read', async () => {
    const { id } = await given('Home');
    const created = await send('POST', '', { name: 'Kitchen', parent_id: id, position: 2 });
    const read = await send('GET', '/kitchen');
    expect([read.data, read.etag]).toEqual([created.data, created.etag]);
    expect(read.data).toMatchObject({
      slug: 'kitchen',
      parent_id: id,
      position: 2,
      product_count: 0,
      tree_product_count: 0,
      version: 1,
      breadcrumbs: [{ id, slug: 'home', name: 'Home' }],
      children: [],
    });
  });

  it.each([
    [{ position: -1 }, 'catalog.invalid_position', 'position'],
    [{ position: 1e300 }, 'catalog.invalid_position', 'position'],
    [{ position: '1' }, 'request.invalid_field', 'position'],
    [{ parent_id: 'home' }, 'core.malformed_id', 'parent_id'],
    [{ children: [] }, 'request.unknown_field', 'children'],
  ])('with %j is refused, and the place is named', async (wrong, code, path) => {
    expect(await send('POST', '', { name: 'Cups', ...wrong })).toMatchObject({
      status: 422,
      errors: [{ code, path }],
    });
  });
});

describe('categories that are read', () => {
  it('are a tree, each below its parent, with what stands in it and below it', async () => {
    const home = await given('Home');
    const kitchen = await given('Kitchen', home.id);
    await given('Garden');
    await givenProduct(shop, { categoryId: kitchen.id });
    expect((await send('GET', '/tree')).data).toMatchObject([
      { slug: 'garden', children: [], tree_product_count: 0 },
      {
        slug: 'home',
        parent_id: null,
        product_count: 0,
        tree_product_count: 1,
        children: [{ id: kitchen.id, product_count: 1, children: [] }],
      },
    ]);
    expect((await send('GET', '?parent=home')).data).toMatchObject([{ id: kitchen.id }]);
    expect((await send('GET', '/home')).data.children).toMatchObject([{ id: kitchen.id }]);
  });

  it('show the products of all that stands below, filtered and by pages', async () => {
    const home = await given('Home');
    const kitchen = await given('Kitchen', home.id);
    for (const price of ['3.00', '1.00', '2.00'])
      await givenProduct(shop, { categoryId: kitchen.id, variants: [{ price }] });
    await givenProduct(shop, { categoryId: home.id, status: 'draft' });
    const path = '/home/products?ordering=price&min_price=2&page_size=1';
    expect(await send('GET', path, undefined, {})).toMatchObject({
      data: [{ price: { amount: '2.00' }, category: { id: kitchen.id } }],
      pagination: { count: 2 },
    });
    expect(await send('GET', '/home/products?category=kitchen')).toMatchObject({
      status: 422,
      errors: [{ code: 'request.unknown_field' }],
    });
  });

  it('that are not there are 404, with nothing below them, and empty ones are empty', async () => {
    for (const path of [`/${NOBODYS_ID}`, '/nothing/products', '/nothing/attributes']) {
      expect(await send('GET', path)).toMatchObject({
        status: 404,
        errors: [{ code: 'catalog.category_not_found', path: null }],
      });
    }
    await given('Empty');
    expect(await send('GET', '/empty/products')).toMatchObject({ status: 200, data: [] });
  });
});

describe('a category that is changed', () => {
  it('keeps what is left out, and moves where it is told to', async () => {
    const [home, garden] = [await given('Home'), await given('Garden')];
    const changed = await send('PATCH', '/garden', { name: 'Yard', parent_id: home.id });
    expect(changed).toMatchObject({
      status: 200,
      data: { id: garden.id, slug: 'garden', name: 'Yard', parent_id: home.id, version: 3 },
    });
    const moved = await send('POST', '/garden/move', { parent_id: null });
    expect(moved.data).toMatchObject({ parent_id: null, name: 'Yard', version: 4 });
  });

  it('closes no circle and says where it stood', async () => {
    const home = await given('Home');
    const kitchen = await given('Kitchen', home.id);
    for (const parent of [home.id, kitchen.id]) {
      expect(await send('POST', '/home/move', { parent_id: parent })).toMatchObject({
        status: 422,
        errors: [{ code: 'catalog.category_circle', path: 'parent_id' }],
      });
    }
    expect(await send('POST', '/home/move', {})).toMatchObject({
      status: 422,
      errors: [{ code: 'request.missing_field', path: 'parent_id' }],
    });
  });

  it('is found under the address that it had, by whoever follows', async () => {
    await given('Garden');
    await send('PATCH', '/garden', { slug: 'yard' });
    for (const path of ['', '/products', '/attributes']) {
      const response = await app.request(`/api/v1/categories/garden${path}`);
      expect([response.status, response.headers.get('location')]).toEqual([
        301,
        `/api/v1/categories/yard${path}/`,
      ]);
    }
  });

  it('takes no slug that another one has', async () => {
    await given('Home');
    await given('Garden');
    expect(await send('PATCH', '/garden', { slug: 'home' })).toMatchObject({
      status: 409,
      errors: [{ code: 'catalog.slug_taken', path: 'slug' }],
    });
  });

  it('in a version that was not seen is refused everywhere', async () => {
    await given('Home');
    const stale = { ...asStaff, 'If-Match': '"v7"' };
    const tries = [
      send('PATCH', '/home', {}, stale),
      send('POST', '/home/move', { parent_id: null }, stale),
      send('PUT', '/home/attributes', { definitions: [] }, stale),
      send('DELETE', '/home', undefined, stale),
    ];
    for (const refused of await Promise.all(tries))
      expect(refused).toMatchObject({ status: 412, errors: [{ code: 'core.stale_version' }] });
  });

  it('is deleted when nothing stands in it', async () => {
    const home = await given('Home');
    await given('Kitchen', home.id);
    expect(await send('DELETE', '/home')).toMatchObject({
      status: 409,
      errors: [{ code: 'catalog.category_in_use', detail: { by: 'categories' } }],
    });
    expect((await send('DELETE', '/kitchen')).status).toBe(200);
    expect((await send('DELETE', '/kitchen')).status).toBe(404);
    expect(
      (
        await send('DELETE', '/home', undefined, {
          ...asStaff,
          'If-Match': '"v1"',
        })
      ).status,
    ).toBe(200);
    expect((await send('GET', '/tree')).data).toEqual([]);
  });
});

describe('the attributes that a category defines', () => {
  const MATERIAL = {
    name: 'material',
    label: 'Made of',
    type: 'choice',
    choices: ['oak', 'ash'],
    unit: null,
    required: true,
    filterable: true,
  };

  it('are set as a whole by those who say what they have read, and hold below', async () => {
    const home = await given('Home');
    await given('Chairs', home.id);
    const body = { definitions: [MATERIAL] };
    expect(await send('PUT', '/home/attributes', body)).toMatchObject({
      status: 428,
      errors: [{ code: 'core.version_required' }],
    });
    const defined = await send('PUT', '/home/attributes', body, {
      ...asStaff,
      'If-Match': '"v1"',
    });
    const shown = { definitions: [MATERIAL], in_force: [MATERIAL], version: 2 };
    expect(defined).toMatchObject({ status: 200, data: shown });
    const read = await send('GET', '/home/attributes');
    expect([read.data, read.etag]).toEqual([shown, defined.etag]);
    expect((await send('GET', '/chairs/attributes')).data).toEqual({
      definitions: [],
      in_force: [MATERIAL],
      version: 1,
    });
  });

  it.each([
    [{ ...MATERIAL, choices: [] }, 'catalog.invalid_attribute_definition', 'choices'],
    [{ ...MATERIAL, name: '' }, 'catalog.invalid_attribute_definition', 'name'],
    [{ ...MATERIAL, type: 'colour' }, 'request.invalid_field', 'type'],
    [{ ...MATERIAL, default: 'oak' }, 'request.unknown_field', 'default'],
  ])('are refused where they are none: %j', async (definition, code, place) => {
    await given('Home');
    const body = { definitions: [definition] };
    expect(
      await send('PUT', '/home/attributes', body, { ...asStaff, 'If-Match': '*' }),
    ).toMatchObject({
      status: 422,
      errors: [{ code, path: `definitions.0.${place}` }],
    });
  });
});
