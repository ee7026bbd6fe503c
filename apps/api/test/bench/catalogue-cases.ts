import type { Database } from '@kastoma/adapters-postgres';

import { MATERIALS } from '../../src/seed/large/seeded-words.ts';
import type { BenchedShop } from './benched-shops.ts';

/** A product may cost 1.2 times as much in a shop of a million, what is bounded three times; the rest is reported. */
export type BenchCase = {
  readonly name: string;
  readonly kind: 'product' | 'bounded' | 'reported';
  readonly paths: (shop: BenchedShop) => Promise<readonly string[]> | readonly string[];
};

const SAMPLES = 200;
const FEW = 20;
const LAST_PAGE = 500;
const PAGE_SIZE = 20;

export const CASES: readonly BenchCase[] = [
  { name: 'a product by its slug', kind: 'product', paths: ({ database }) => products(database) },
  { name: 'the first page', kind: 'bounded', paths: () => ['/products/'] },
  { name: 'the first page by price', kind: 'bounded', paths: () => ['/products/?ordering=price'] },
  { name: 'a selective filter', kind: 'bounded', paths: ({ database }) => priceRanges(database) },
  { name: 'a search by SKU', kind: 'bounded', paths: ({ database }) => skus(database) },
  {
    name: 'a search by four common words',
    kind: 'reported',
    paths: ({ database }) => wholeNames(database),
  },
  {
    name: 'a department, in stock',
    kind: 'reported',
    paths: ({ database }) => departments(database),
  },
  {
    name: 'a broad search',
    kind: 'reported',
    paths: () => MATERIALS.map((word) => `/products/?search=${word}`),
  },
  {
    name: 'a search with typos',
    kind: 'reported',
    paths: () => MATERIALS.map((word) => `/products/?search=${mistyped(word)}`),
  },
  {
    name: 'five facets',
    kind: 'reported',
    paths: () => ['/products/?facets=category,price,in_stock,rating,attr.material'],
  },
  { name: 'page 500', kind: 'reported', paths: ({ products: count }) => [lastPage(count)] },
];

/** What is asked for in this shop: the same in every run. */
export async function pathsOf(one: BenchCase, shop: BenchedShop): Promise<readonly string[]> {
  const known = shop.samples.get(one.name) ?? (await one.paths(shop));
  shop.samples.set(one.name, known);
  return known;
}

async function products(database: Database): Promise<readonly string[]> {
  const some = await sampled(database);
  return some.map(({ slug }) => `/products/${slug}/`);
}

async function skus(database: Database): Promise<readonly string[]> {
  const some = await sampled(database);
  return some.map(({ sku }) => `/products/?search=${encodeURIComponent(sku)}`);
}

/** Each of a name's words stands in a twentieth of the products or more, all of them in few. */
async function wholeNames(database: Database): Promise<readonly string[]> {
  const some = await sampled(database);
  return some.map(({ name }) => `/products/?search=${encodeURIComponent(name)}`);
}

/** From the price of some product on to that of the twentieth behind it in its category. */
async function priceRanges(database: Database): Promise<readonly string[]> {
  const some = await sampled(database);
  return Promise.all(
    some.slice(0, FEW).map(async ({ slug, category, amount }) => {
      const [last] = await database<{ amount: string }[]>`
        select max(amount)::text as amount
        from (
          select amount
          from catalog.listing
          where category_id = (select category_id from catalog.listing where slug = ${slug})
            and currency = 'USD' and status = 'published' and amount >= ${amount}
          order by amount
          limit ${FEW}
        ) next
      `;
      return `/products/?category=${category}&min_price=${units(amount)}&max_price=${units(last?.amount ?? amount)}&ordering=price`;
    }),
  );
}

async function departments(database: Database): Promise<readonly string[]> {
  const tops = await database<{ slug: string }[]>`
    select slug from catalog.categories where parent_id is null and deleted_at is null order by slug
  `;
  return tops.map(({ slug }) => `/products/?category_tree=${slug}&in_stock=true`);
}

/** Spread over the whole shop, and the same each time: ids are in the order of their numbers. */
function sampled(database: Database) {
  return database<{ slug: string; name: string; sku: string; category: string; amount: string }[]>`
    select listing.slug, listing.name, listing.sku, category.slug as category, listing.amount::text as amount
    from catalog.listing listing
    join catalog.categories category on category.id = listing.category_id
    where listing.status = 'published'
    order by md5(listing.product_id::text)
    limit ${SAMPLES}
  `;
}

function lastPage(count: number): string {
  return `/products/?page=${Math.min(LAST_PAGE, Math.floor((count * 0.9) / PAGE_SIZE))}&page_size=${PAGE_SIZE}`;
}

/** With its last letter but one left out. */
function mistyped(word: string): string {
  return `${word.slice(0, -2)}${word.slice(-1)}`;
}

function units(amount: string): string {
  return `${amount.slice(0, -2)}.${amount.slice(-2)}`;
}
