import { beforeAll, describe, expect, it } from 'vitest';

import {
  FakeAccessTokens,
  givenCategory,
  givenProduct,
  inMemoryShop,
} from '@kastoma/application/testing';

import { createHttpApp, type HttpApp, type HttpDependencies } from '../http-app.ts';

type Told = {
  readonly data:
    | readonly { readonly name: string; readonly highlights?: { readonly name: string } }[]
    | null;
  readonly errors: readonly { code: string; path: string | null }[] | null;
  readonly pagination: {
    readonly count: number | null;
    readonly next: string | null;
    readonly facets?: readonly { readonly name: string; readonly values: readonly object[] }[];
  } | null;
};

let app: HttpApp;

beforeAll(async () => {
  const shop = inMemoryShop();
  const { settings, ids, clock } = shop;
  const categoryId = (await givenCategory(shop)).state.id;
  const wishes = [
    { name: 'Oak table', attributes: { color: 'brown', 'a.b': 1 }, tags: ['sale'] },
    { name: 'Oak chair', attributes: { color: 'red' }, tags: ['new'] },
    { name: 'Steel chair', attributes: { color: 'grey' } },
  ];
  for (const wish of wishes) await givenProduct(shop, { categoryId, ...wish });
  app = createHttpApp({
    accessTokens: new FakeAccessTokens(),
    clock,
    ids,
    settings,
    catalog: { productQueries: shop.productQueries, categoryQueries: shop.categoryQueries },
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

async function list(query: string) {
  const response = await app.request(`/api/v1/products?${query}`);
  return { status: response.status, ...((await response.json()) as Told) };
}

const namesBy = async (query: string) =>
  (await list(`ordering=name&${query}`)).data?.map(({ name }) => name);

describe('the list of products', () => {
  it('takes attributes under their own names, each as often as wanted', async () => {
    expect(await namesBy('attr.color=red')).toEqual(['Oak chair']);
    expect(await namesBy('attr.color=red&attr.COLOR=grey')).toEqual([]);
    expect(await namesBy('attr.color=red&attr.color=grey')).toEqual(['Oak chair', 'Steel chair']);
    expect(await namesBy('attr.a.b=1')).toEqual(['Oak table']);
    expect(await namesBy('attr.__proto__=1')).toEqual([]);
  });

  it('takes several tags, and of any other parameter one value', async () => {
    expect(await namesBy('tag=sale&tag=NEW')).toEqual(['Oak chair', 'Oak table']);
    const repeated = await list('min_price=1&min_price=2');
    expect(repeated).toMatchObject({
      status: 422,
      errors: [{ code: 'request.repeated_parameter', path: 'min_price' }],
    });
  });

  it.each([
    ['attr=red', 'attr'],
    ['attr=red&attr.color=red', 'attr'],
    ['attr.=red', 'attr.'],
    [`attr.${'x'.repeat(101)}=1`, `attr.${'x'.repeat(101)}`],
    [`attr.color=${'x'.repeat(201)}`, 'attr.color'],
    ['attr.color=1&'.repeat(21), 'attr.color'],
    [Array.from({ length: 11 }, (_, index) => `attr.a${index}=1`).join('&'), 'attr.a10'],
    ['attribute.color=red', 'attribute.color'],
    ['color=red', 'color'],
    ['tag=', 'tag.0'],
    ['rating_min=5.1', 'rating_min'],
    ['rating_min=-1', 'rating_min'],
    ['created_after=yesterday', 'created_after'],
    ['status=gone', 'status'],
    ['facets=color', 'facets.0'],
    ['facets=attr.', 'facets.0'],
    [`facets=${Array.from({ length: 11 }, (_, index) => `attr.a${index}`).join(',')}`, 'facets'],
    ['highlight=1', 'highlight'],
    ['ordering=relevance', 'ordering'],
    ['ordering=relevance&search=+', 'ordering'],
    [`search=${'x'.repeat(10_000)}`, 'search'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=&page=2', 'cursor'],
    ['search=%00', 'search'],
  ])('refuses %s', async (query, path) => {
    const { status, errors } = await list(query);
    expect(status).toBe(422);
    expect(errors?.map((error) => error.path)).toContain(path);
  });

  it('puts the most relevant first where something is searched for, and marks it when it is asked to', async () => {
    const { data } = await list('search=oak+chair&highlight=true');
    expect(data).toMatchObject([
      { name: 'Oak chair', highlights: { name: '<mark>Oak</mark> <mark>chair</mark>' } },
    ]);
    expect((await list('search=oak')).data?.[0]).not.toHaveProperty('highlights');
  });

  it('tells facets beside the pages, with the parameters that choose a value', async () => {
    const { pagination } = await list('facets=attr.color,in_stock&attr.color=red');
    expect(pagination?.facets).toEqual([
      {
        name: 'attr.color',
        count_is_exact: true,
        values: ['brown', 'grey', 'red'].map((color) => ({
          label: color,
          query: { 'attr.color': color },
          count: 1,
        })),
      },
      {
        name: 'in_stock',
        count_is_exact: true,
        values: [{ label: 'Sold out', query: { in_stock: 'false' }, count: 1 }],
      },
    ]);
    expect((await list('')).pagination).not.toHaveProperty('facets');
  });

  it.each(['name', '-price', 'created_at', '-rating', 'relevance&search=oak'])(
    'is read on by its links, by %s',
    async (ordering) => {
      const whole = (await list(`ordering=${ordering}`)).data?.map(({ name }) => name);
      const read: string[] = [];
      let next: string | null = `/api/v1/products?ordering=${ordering}&page_size=1&cursor=`;
      while (next !== null) {
        const response: Response = await app.request(next);
        const { data, pagination } = (await response.json()) as Told;
        expect(pagination?.count).toBeNull();
        read.push(...(data ?? []).map(({ name }) => name));
        next = pagination?.next ?? null;
      }
      expect(read).toEqual(whole);
    },
  );

  it('refuses a cursor of another ordering', async () => {
    const { pagination } = await list('ordering=name&page_size=1&cursor=');
    const cursor = new URL(pagination?.next ?? '').searchParams.get('cursor') ?? '';
    expect((await list(`ordering=price&cursor=${cursor}`)).errors?.[0]?.path).toBe('cursor');
  });
});
