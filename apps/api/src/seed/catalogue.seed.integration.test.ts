import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';

import { InProcessRateLimiter, InProcessRevokedAccess } from '@kastoma/adapters-in-process';
import { createTestDatabase, type TestDatabase } from '@kastoma/adapters-postgres/testing';
import {
  CreateCategory,
  CreateProduct,
  type CatalogUnitOfWork,
} from '@kastoma/application/catalog';
import { systemContext } from '@kastoma/application/core';
import { FakeImageProcessor, FakeMediaStorage } from '@kastoma/application/testing';
import { Money, parseCountry, parseCurrency } from '@kastoma/domain/core';

import { wire, type Wiring } from '../composition/container.ts';
import type { Token } from '../composition/token.ts';
import { TOKENS } from '../composition/tokens.ts';
import { readEnvironment } from '../config/environment.ts';
import { openMail } from '../server/mail.ts';
import { openSecondFactor } from '../server/second-factor.ts';
import { openTokens } from '../server/tokens.ts';
import { openWebhooks } from '../server/webhooks.ts';
import { plantCatalogue } from './catalogue.seed.ts';
import { CATALOGUE } from './catalogue/catalogue.ts';

const tokens = await openTokens(
  readEnvironment({ KASTOMA_TOKEN_SECRET: 'x'.repeat(32) })._unsafeUnwrap(),
);
const secondFactor = await openSecondFactor(
  readEnvironment({
    KASTOMA_ENCRYPTION_KEY: 'KWJ6dnV0c3JxcG9ubWxramloZ2ZlZGNiYWBfXl1cW1o=',
  })._unsafeUnwrap(),
);

let shop: TestDatabase;

beforeEach(async () => {
  shop = await createTestDatabase(inject('postgresUrl'));
});

afterEach(() => shop.drop());

describe('planting the catalogue', () => {
  it.each([
    ['USD', (hundredths: number) => (hundredths / 100).toFixed(2)],
    ['JPY', (hundredths: number) => String(hundredths)],
    ['KWD', (hundredths: number) => (hundredths / 100).toFixed(3)],
  ])('puts everything into a new shop that sells in %s', async (currency, written) => {
    const wiring = wireShop(currency);
    await plantCatalogue(wiring);
    expect(await shownBy(wiring)).toEqual(expectedIn(currency, written));
    expect(await unitsInStock()).toEqual(expectedUnits());
  });

  it('changes nothing the second time', async () => {
    const wiring = wireShop('USD');
    await plantCatalogue(wiring);
    const first = await everyRow();
    await plantCatalogue(wiring);
    expect(await everyRow()).toEqual(first);
  });

  it('goes on where starts that were killed have left off, and ends with everything once', async () => {
    const transactions = CATALOGUE.length + CATALOGUE.flatMap(({ products }) => products).length;
    const wiring = wireShop('USD');
    for (const survived of [0, 1, 4, Math.floor(transactions / 2), transactions - 1]) {
      await expect(plantCatalogue(killedAfter(survived, wiring))).rejects.toThrow('killed');
      expect(await plantedSoFar()).toBe(survived);
    }
    await plantCatalogue(wiring);
    expect(await plantedSoFar()).toBe(transactions);
    expect(await shownBy(wiring)).toEqual(
      expectedIn('USD', (hundredths) => (hundredths / 100).toFixed(2)),
    );
    expect(await unitsInStock()).toEqual(expectedUnits());
  });

  it('stands beside a product of the same name that the merchant had before', async () => {
    const wiring = wireShop('USD');
    const [shelf] = CATALOGUE;
    const own = shelf?.products[0]?.name ?? '';
    await createProduct(wiring, own, 'THE-MERCHANTS-OWN');
    await plantCatalogue(wiring);
    const rows = await shop.database`select id from catalog.products where name = ${own}`;
    expect(rows).toHaveLength(2);
  });

  it('fails with the code of what went wrong', async () => {
    const confused = replacing(wireShop('USD'), TOKENS.settings, {
      currency: currencyOf('JPY'),
      country: COUNTRY,
    });
    await expect(plantCatalogue(confused)).rejects.toThrow('catalog.wrong_price_currency');
  });
});

const COUNTRY = parseCountry('US')._unsafeUnwrap();

function wireShop(currency: string): Wiring {
  return wire({
    settings: { currency: currencyOf(currency), country: COUNTRY },
    database: shop.database,
    rateLimiter: new InProcessRateLimiter(),
    requestLimits: null,
    door: { trustedProxies: [], crossOrigin: { origins: [], localhost: false }, https: false },
    tokens,
    secondFactor,
    revokedAccess: new InProcessRevokedAccess(900),
    privacyPolicy: { yearsOfOrderAddresses: 0 },
    mail: openMail(readEnvironment({})._unsafeUnwrap(), 'http://shop'),
    webhooks: openWebhooks({ webhookTargets: 'public' }),
    payments: {
      methods: ['manual'],
      hasTestGateway: false,
      deadline: { milliseconds: 3_600_000 },
      stripe: null,
    },
    catalogueCache: { isOn: false, shared: null },
    media: { storage: new FakeMediaStorage(), processor: new FakeImageProcessor() },
    healthChecks: [],
    isShuttingDown: () => false,
    reportFailure: () => undefined,
  });
}

function currencyOf(code: string) {
  return parseCurrency(code)._unsafeUnwrap();
}

function replacing<Replaced>(wiring: Wiring, name: Token<Replaced>, value: Replaced): Wiring {
  const isReplaced = (asked: symbol) => asked === name;
  return {
    get: <Value>(asked: Token<Value>): Value =>
      isReplaced(asked) ? (value as unknown as Value) : wiring.get(asked),
  };
}

/** The same shop in a process that dies when it is about to begin one transaction more than it survives. */
function killedAfter(transactions: number, wiring: Wiring): Wiring {
  const real = wiring.get(TOKENS.catalogUnitOfWork);
  let left = transactions;
  const unitOfWork: CatalogUnitOfWork = {
    run: (context, work) => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      return real.run(context, work);
    },
  };
  const parts = {
    unitOfWork,
    settings: wiring.get(TOKENS.settings),
    ids: wiring.get(TOKENS.ids),
    clock: wiring.get(TOKENS.clock),
  };
  const withProducts = replacing(wiring, TOKENS.createProduct, new CreateProduct(parts));
  return replacing(withProducts, TOKENS.createCategory, new CreateCategory(parts));
}

async function createProduct(wiring: Wiring, name: string, sku: string): Promise<void> {
  const price = Money.of(100n, currencyOf('USD'))._unsafeUnwrap();
  const created = await wiring.get(TOKENS.createProduct).execute(
    {
      name,
      description: '',
      categoryId: null,
      attributes: {},
      status: 'published',
      images: [],
      variants: [{ sku, price }],
    },
    systemContext('merchant'),
  );
  created._unsafeUnwrap();
}

/** The whole catalogue as staff see it, in the order of the names. */
async function shownBy(wiring: Wiring) {
  const all = { page: 1, pageSize: 100 };
  const queries = wiring.get(TOKENS.productQueries);
  const shelves = (await wiring.get(TOKENS.categoryQueries).list({ parent: null }, all)).items;
  const slugs = new Map(shelves.map(({ id, slug }) => [id, slug]));
  const listed = await queries.list(
    {
      audience: 'staff',
      search: null,
      category: null,
      categoryTree: null,
      minimumPrice: null,
      maximumPrice: null,
      inStock: null,
      ordering: 'name',
    },
    all,
  );
  const products = await Promise.all(
    listed.items.map(async ({ id }) => (await queries.find(id, 'staff'))._unsafeUnwrap()),
  );
  return {
    categories: shelves
      .map(({ slug, name, description, parentId }) => ({
        slug,
        name,
        description,
        parent: parentId === null ? null : slugs.get(parentId),
      }))
      .toSorted(bySlug),
    products: products
      .map((product) => ({
        slug: product.category?.slug ?? '',
        name: product.name,
        description: product.description,
        attributes: product.attributes,
        tags: product.tags,
        status: product.status,
        images: product.images.map(({ url, alt }) => ({ url, alt })),
        variants: product.variants.map((variant) => ({
          sku: variant.sku,
          name: variant.name,
          price: variant.price?.toJSON(),
          compareAtPrice: variant.compareAtPrice?.toJSON() ?? null,
          inStock: variant.inStock,
          weightGrams: variant.weightGrams,
          attributes: variant.attributes,
        })),
      }))
      .toSorted(byName),
  };
}

function expectedIn(currency: string, written: (hundredths: number) => string) {
  const money = (hundredths: number) => ({ amount: written(hundredths), currency });
  return {
    categories: CATALOGUE.map(({ products: _products, ...category }) => category).toSorted(bySlug),
    products: CATALOGUE.flatMap(({ slug, products }) =>
      products.map(({ picture, variants, ...product }) => ({
        slug,
        ...product,
        images: [{ url: `/media/seed/${picture.name}.svg`, alt: picture.alt }],
        variants: variants.map(({ stock, ...variant }) => ({
          ...variant,
          name: variant.name ?? null,
          price: money(variant.price),
          compareAtPrice:
            variant.compareAtPrice === undefined ? null : money(variant.compareAtPrice),
          inStock: stock > 0,
          attributes: variant.attributes ?? {},
        })),
      })),
    ).toSorted(byName),
  };
}

function bySlug(one: { readonly slug: string }, other: { readonly slug: string }): number {
  return one.slug.localeCompare(other.slug);
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name);
}

async function unitsInStock() {
  const rows = await shop.database<{ sku: string; units: number }[]>`
    select variant.sku, stock.on_hand as units
    from catalog.variants variant
    join inventory.stock stock on stock.variant_id = variant.id
  `;
  return Object.fromEntries(rows.map(({ sku, units }) => [sku, units]));
}

function expectedUnits() {
  return Object.fromEntries(
    CATALOGUE.flatMap(({ products }) => products)
      .flatMap(({ variants }) => variants)
      .map(({ sku, stock }) => [sku, stock]),
  );
}

/** Each category and product tells of itself once. */
async function plantedSoFar(): Promise<number> {
  const { count } = await shop.database`select id from core.outbox`;
  return count;
}

async function everyRow() {
  const sql = shop.database;
  return {
    categories: await sql`select * from catalog.categories order by id`,
    products: await sql`select * from catalog.products order by id`,
    variants: await sql`select * from catalog.variants order by id`,
    prices: await sql`select * from catalog.prices order by variant_id, currency`,
    images: await sql`select * from catalog.product_images order by product_id, position`,
    stock: await sql`select * from inventory.stock order by variant_id`,
    movements: await sql`select * from inventory.movements order by sequence`,
    events: await sql`select * from core.outbox order by id`,
  };
}
