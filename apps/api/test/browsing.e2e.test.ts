import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Category, Listing } from './wire.ts';

let shop: TestShop;

beforeAll(async () => {
  shop = await openTestShop();
  const staff = await shop.hire('staff');
  const { data: cups } = await staff.post<Category>('/categories/', { name: 'Cups' }).expect(201);
  for (const [index, price] of ['3.00', '1.00', '2.00', '20.00', '10.00'].entries()) {
    await stockMug(staff, { name: `Cup ${index}`, price, stock: index, category_id: cups.id });
  }
  await stockMug(staff, { name: 'Bücherregal', price: '99.00', stock: 1 });
});

afterAll(() => shop.close());

async function browse(query: string): Promise<readonly string[]> {
  const { data } = await shop.guest.get<Listing[]>(`/products/?${query}`).expect(200);
  return data.map(({ price }) => price.amount);
}

describe('browsing', () => {
  it('sorts by price as numbers', async () => {
    const cheapestFirst = ['1.00', '2.00', '3.00', '10.00', '20.00', '99.00'];
    expect(await browse('ordering=price')).toEqual(cheapestFirst);
    expect(await browse('ordering=-price')).toEqual(cheapestFirst.toReversed());
  });

  it('keeps the bounds of a price range, to any digit', async () => {
    expect(await browse('ordering=price&min_price=2.00&max_price=10.00')).toEqual([
      '2.00',
      '3.00',
      '10.00',
    ]);
    expect(await browse('ordering=price&min_price=2.0001&max_price=9.9999999')).toEqual(['3.00']);
    expect(await browse('min_price=99999999999999999999999999999999')).toEqual([]);
  });

  it('finds by words, shelf and stock', async () => {
    expect(await browse('search=b%C3%BCcherREGAL')).toEqual(['99.00']);
    expect(await browse('category=cups&in_stock=false')).toEqual(['3.00']);
    expect(await browse('category=no-such-shelf')).toEqual([]);
    expect(await browse('search=%25')).toEqual([]);
    expect(await browse('search=_')).toEqual([]);
  });

  it('a shelf tells how much stands on it', async () => {
    const { data } = await shop.guest.get<Category>('/categories/cups/').expect(200);
    expect(data.product_count).toBe(5);
    const { data: all } = await shop.guest.get<Category[]>('/categories/').expect(200);
    expect([data]).toMatchObject(all);
  });
});

describe('leafing through a list', () => {
  it('goes forward and back by the links, and meets everything once', async () => {
    const path = '/products?ordering=price&page_size=2&category=cups';
    const there = await leaf(shop.guest, path, 'next');
    expect(there.pages).toEqual([['1.00', '2.00'], ['3.00', '10.00'], ['20.00']]);
    const back = await leaf(shop.guest, there.last, 'previous');
    expect(back.pages).toEqual(there.pages.toReversed());
  });

  it('says how many there are, and where the neighbours stand', async () => {
    const { pagination, headers } = await shop.guest
      .get('/products/?page_size=2&page=2&search=cup')
      .expect(200);
    const at = (page: number) => `${shop.url}/api/v1/products/?page_size=2&page=${page}&search=cup`;
    expect(pagination).toEqual({
      count: 5,
      count_is_exact: true,
      next: at(3),
      previous: at(1),
      page_size: 2,
    });
    expect(headers.get('link')).toBe(`<${at(3)}>; rel="next", <${at(1)}>; rel="prev"`);
  });

  it('one page has no neighbours and no links', async () => {
    const { pagination, headers } = await shop.guest.get('/products/?page_size=100').expect(200);
    expect(pagination).toMatchObject({ count: 6, next: null, previous: null });
    expect(headers.get('link')).toBeNull();
  });

  it('beyond the end there is nothing, and the way back leads to the last page', async () => {
    const { data, pagination } = await shop.guest
      .get<Listing[]>('/products/?page=40&page_size=4')
      .expect(200);
    expect(data).toEqual([]);
    expect(pagination?.next).toBeNull();
    expect(new URL(pagination?.previous ?? '').searchParams.get('page')).toBe('2');
  });

  it.each(['page=0', 'page=-1', 'page=1.5', 'page=two', 'page=', 'page=1000001', 'page=1e3'])(
    '%s is no page',
    async (query) => {
      const { error } = await shop.guest
        .get(`/products/?${query}`)
        .refused(422, 'request.invalid_field');
      expect(error.path).toBe('page');
    },
  );

  it.each(['page_size=0', 'page_size=101'])('%s is no size', async (query) => {
    const { error } = await shop.guest
      .get(`/products/?${query}`)
      .refused(422, 'request.invalid_field');
    expect(error.path).toBe('page_size');
  });
});

type Direction = 'next' | 'previous';

/** Follows the links to the end. */
async function leaf(client: Client, start: string, direction: Direction) {
  const pages: string[][] = [];
  let last = start;
  for (let path: string | null = start; path !== null;) {
    last = path;
    const {
      data,
      pagination,
    }: { data: Listing[]; pagination: Partial<Record<Direction, string | null>> | null } =
      await client.get<Listing[]>(path).expect(200);
    pages.push(data.map(({ price }) => price.amount));
    path = pagination?.[direction]?.replace(`${client.url}/api/v1`, '') ?? null;
  }
  return { pages, last };
}
