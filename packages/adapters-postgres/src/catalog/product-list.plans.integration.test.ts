import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { ListingExtras, ProductFilter, ProductPlace } from '@kastoma/application/catalog';
import type { Country, Currency, Instant, ProductId, Tag } from '@kastoma/domain/core';

import type { Database } from '../core/database.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PostgresProductQueries } from './products.read-view.ts';

type Node = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
};
type Statement = { readonly text: string; readonly parameters: readonly unknown[] };

const PRODUCTS = 100_000;
const BIG_TABLES = new Set([
  'listing',
  'search_documents',
  'products',
  'variants',
  'prices',
  'stock',
]);
/** As many as are counted among, and the drafts that stand between them. */
const MOST_CANDIDATES_READ = 11_000;

const settings = { currency: 'USD' as Currency, country: 'US' as Country };

const NOUNS = (
  'mug lamp chair table scarf vase bag tray bowl coat shelf clock rug kettle plate jacket bench mirror ' +
  'basket stool'
).split(' ');

const categoryId = (number: number) =>
  `0198c000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

let test: TestDatabase;
let watched: Database;
let asked: Statement[] = [];

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 1 });
  await fill(test.database);
  const debug = (_connection: number, text: string, parameters: readonly unknown[]) => {
    asked.push({ text, parameters });
  };
  watched = postgres(test.url, { ...test.database.options, debug } as never) as unknown as Database;
});
afterAll(async () => {
  await watched.end({ timeout: 5 });
  await test.drop();
});

/** Past the triggers, which would take longer than all of the tests: rows as they would have come out. */
async function fill(sql: Database): Promise<void> {
  await sql`
    insert into catalog.categories (id, parent_id, name, slug, description, created_at, version)
    select
      ('0198c000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
      case when n > 10 then ('0198c000-0000-7000-8000-' || lpad(to_hex(1 + n % 10), 12, '0'))::uuid end,
      'Category ' || n, 'category-' || n, '', now(), 1
    from generate_series(1, 500) n
  `;
  await sql`alter table catalog.products disable trigger user`;
  const indexes = await takeIndexes(sql);
  await sql`
    insert into catalog.products
      (id, category_id, name, slug, description, attributes, status, created_at, updated_at, version)
    select
      ('01990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
      ('0198c000-0000-7000-8000-' || lpad(to_hex(1 + (n * 7919::bigint) % 500), 12, '0'))::uuid,
      (array['Oak', 'Wool', 'Steel', 'Glass'])[1 + n % 4] || ' '
        || (${NOUNS}::text[])[1 + n / 4 % 20] || ' ' || to_hex(n % 1000),
      'product-' || n, 'A thing for every day.', '{}',
      case when n % 20 = 0 then 'draft' else 'published' end,
      '2026-01-01'::timestamptz + n * interval '1 minute', now(), 1
    from generate_series(1, ${PRODUCTS}::integer) n
  `;
  await sql`
    insert into catalog.listing (
      product_id, currency, status, category_id, name, slug, tags, attributes, sku, amount, in_stock,
      rating_sum, rating_count, created_at
    )
    select
      id, 'USD', status, category_id, name, slug,
      case when n % 100 = 1 then array['sale'] else '{}' end,
      jsonb_build_object('color', array[(array['red', 'green', 'blue'])[1 + n % 3]], 'brand', array['brand ' || n % 500]),
      'SKU-' || n, 100 + (n * 7919::bigint) % 20000, n % 10 <> 0, n % 6 * 2, 2 * (n % 6 / 6.0 + 1)::integer, created_at
    from catalog.products, lateral (select split_part(slug, '-', 2)::integer as n) numbered
  `;
  await sql`
    insert into catalog.search_documents (product_id, document, attributes)
    select
      product_id,
      setweight(to_tsvector('pg_catalog.simple', name || ' ' || translate(sku, '-', ' ')), 'A')
        || setweight('thing:1 every:2 day:3'::tsvector, 'D'),
      attributes
    from catalog.listing
  `;
  await sql`
    insert into catalog.search_words (word)
    select unnest(${['oak', 'wool', 'steel', 'glass', ...NOUNS]}::text[])
  `;
  for (const { definition } of indexes) await sql.unsafe(definition);
  await fillVariants(sql);
  await sql`vacuum analyze`;
}

/** One a product, past what would ask for each of them whether its product is there. */
async function fillVariants(sql: Database): Promise<void> {
  await sql`
    alter table catalog.variants disable trigger user, drop constraint variants_product_id_fkey
  `;
  await sql`
    alter table catalog.prices disable trigger user, drop constraint prices_variant_id_fkey
  `;
  await sql`
    alter table inventory.stock
      drop constraint stock_variant_id_fkey, drop constraint stock_location_id_fkey
  `;
  await sql`
    insert into catalog.variants (id, product_id, position, sku, attributes, tax_class)
    select overlay(product_id::text placing '1' from 8)::uuid, product_id, 0, sku, '{}', 'standard'
    from catalog.listing
  `;
  await sql`
    insert into catalog.prices (variant_id, currency, amount)
    select overlay(product_id::text placing '1' from 8)::uuid, currency, amount
    from catalog.listing
  `;
  await sql`
    insert into inventory.stock (variant_id, on_hand, reserved, version)
    select id, 5, 0, 1 from catalog.variants
  `;
  await sql`
    insert into catalog.related_products (product_id, position, related_id)
    select product.id, related.number, related.id
    from catalog.products product
    join (
      select id, row_number() over (order by id) as number
      from catalog.products
      where slug in ('product-766', 'product-767', 'product-768')
    ) related on product.slug = 'product-765'
  `;
}

/** Made when all is there, they are made in a fifth of the time. */
async function takeIndexes(sql: Database) {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index
    where indrelid in ('catalog.listing'::regclass, 'catalog.search_documents'::regclass)
      and not indisprimary
  `;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  return indexes;
}

const everything: ProductFilter = {
  audience: 'shoppers',
  search: null,
  category: null,
  categoryTree: null,
  minimumPrice: null,
  maximumPrice: null,
  inStock: null,
  ordering: '-created_at',
};

type Asked = ListingExtras & {
  readonly page?: number;
  readonly after?: ProductPlace;
  /** Of all that there is, the first ten thousand are counted: in whatever order they lie. */
  readonly countsAmongAll?: true;
};
type Case = readonly [name: string, filter: Partial<ProductFilter>, asked?: Asked];

const LAST_ID = '01990000-0000-7000-8000-000000001000';
const FACETS = ['category', 'price', 'in_stock', 'rating', 'attr.color'] as const;

const cases: readonly Case[] = [
  ['the first page', {}],
  ['page 500', {}, { page: 500 }],
  ['the cheapest', { ordering: 'price' }],
  ['the dearest', { ordering: '-price' }],
  ['by name', { ordering: 'name' }],
  ['the best rated', { ordering: '-rating' }],
  [
    'behind a cursor',
    {},
    { after: { ordering: '-created_at', keys: [0, 1_770_000_000_000, LAST_ID] } },
  ],
  [
    'behind a cursor of prices',
    { ordering: 'price' },
    { after: { ordering: 'price', keys: [0, '500', LAST_ID] } },
  ],
  ['a category', { category: categoryId(100) }],
  ['a category by its slug', { category: 'category-100' }],
  ['a category by price', { category: 'category-100', ordering: 'price' }],
  ['a leaf of the tree', { categoryTree: categoryId(100) }],
  ['a tenth of the shop', { categoryTree: categoryId(2) }],
  ['a tenth of the shop by price', { categoryTree: categoryId(2), ordering: 'price' }],
  ['a range of prices', { minimumPrice: 1_000n, maximumPrice: 1_100n }],
  ['what is in stock', { inStock: true }],
  ['what is sold out', { inStock: false }],
  ['a brand', { attributes: [{ name: 'brand', values: ['brand 7', 'brand 8'] }] }],
  ['a color', { attributes: [{ name: 'color', values: ['red'] }] }],
  ['a tag', { tags: ['sale' as Tag] }],
  ['the newest', { createdFrom: Date.parse('2026-03-01T00:00:00Z') as Instant }],
  ['several filters', { category: categoryId(100), inStock: true, minimumPrice: 500n }],
  ['drafts for staff', { audience: 'staff', status: 'draft' }],
  ['all for staff', { audience: 'staff' }],
  ['a selective search', { search: 'wool stool 4d', ordering: 'relevance' }],
  ['a SKU', { search: 'sku 777', ordering: 'relevance' }],
  ['a broad search', { search: 'wool mug', ordering: 'relevance' }],
  ['a broad search by price', { search: 'mug', ordering: 'price' }],
  ['a search in a category', { search: 'mug', category: categoryId(100), ordering: 'relevance' }],
  ['a search with typos', { search: 'wol stol', ordering: 'relevance' }],
  ['facets', {}, { facets: FACETS, countsAmongAll: true }],
  ['facets of a category', { category: categoryId(100) }, { facets: FACETS, countsAmongAll: true }],
  [
    'facets of a search in a category',
    { search: 'mug', category: categoryId(100), ordering: 'relevance' },
    { facets: FACETS },
  ],
  ['highlights', { search: 'wool stool 4d', ordering: 'relevance' }, { highlights: true }],
];

function asCases(all: readonly Case[]) {
  return all.map(([name, filter, extras = {}]) => ({ name, filter, extras }));
}

describe(`a list of ${PRODUCTS} products`, () => {
  it.each(asCases(cases))(
    'reads no big table from end to end: $name',
    async ({ filter, extras }) => {
      asked = [];
      const queries = new PostgresProductQueries(watched, settings);
      const { page = 1, after, countsAmongAll } = extras;
      const wanted = { ...everything, ...filter };
      const found =
        after === undefined
          ? await queries.list(wanted, { page, pageSize: 20 }, extras)
          : await queries.feed(wanted, { after, pageSize: 20 }, extras);
      expect(found.items.length).toBeGreaterThan(0);
      await expectNoScans(countsAmongAll === true ? MOST_CANDIDATES_READ : 0);
    },
  );

  it.each([
    ['by its slug', 'product-765'],
    ['by its id', '01990000-0000-7000-8000-0000000002fd'],
  ])('and of one product none is read either: %s', async (_how, name) => {
    asked = [];
    const queries = new PostgresProductQueries(watched, settings);
    expect((await queries.find(name, 'shoppers')).isOk()).toBe(true);
    await expectNoScans(0);
  });

  it('nor of what goes with one', async () => {
    asked = [];
    const queries = new PostgresProductQueries(watched, settings);
    const id = '01990000-0000-7000-8000-0000000002fd' as ProductId;
    const found = await queries.related(id, 'shoppers', { page: 1, pageSize: 20 });
    expect(found.items).toHaveLength(3);
    await expectNoScans(0);
  });
});

async function expectNoScans(mostRows: number): Promise<void> {
  const statements = asked.filter(({ text }) => text.includes('catalog.'));
  expect([1, 2]).toContain(statements.length);
  for (const statement of statements) expect(await scansOf(statement, mostRows)).toEqual([]);
}

/** Big tables of which more than so many rows are read as they lie. */
async function scansOf(
  { text, parameters }: Statement,
  mostRows: number,
): Promise<readonly string[]> {
  const values = parameters.map((value) =>
    typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value)
      ? test.database.json(value as never)
      : value,
  );
  const [row] = await test.database.unsafe<{ 'QUERY PLAN': readonly [{ readonly Plan: Node }] }[]>(
    `explain (analyze, timing off, format json) ${text}`,
    values as never,
  );
  return bigScans(row?.['QUERY PLAN'][0].Plan, mostRows);
}

function bigScans(node: Node | undefined, mostRows: number): readonly string[] {
  if (node === undefined) return [];
  const { 'Relation Name': table = '', 'Actual Rows': rows } = node;
  const read = rows + (node['Rows Removed by Filter'] ?? 0);
  const isBig = node['Node Type'] === 'Seq Scan' && BIG_TABLES.has(table) && read > mostRows;
  const below = (node.Plans ?? []).flatMap((plan) => bigScans(plan, mostRows));
  return [...(isBig ? [`${read} of ${table}`] : []), ...below];
}
