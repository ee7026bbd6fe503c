import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { EVERYTHING, STALEST_READ_MILLISECONDS } from '@kastoma/application/core';
import { aCategory, givenCategory, givenProduct, SHOP } from '@kastoma/application/testing';

import { TOKENS } from '../src/composition/tokens.ts';
import { openCountedShop, type CountedShop } from './counted-shop.ts';

let shop: CountedShop;

beforeAll(async () => {
  shop = await openCountedShop();
  const { ports } = shop;
  const { id: categoryId } = (await givenCategory(ports, aCategory({ slug: 'cups' }))).state;
  const saucer = await givenProduct(ports, { slug: 'saucer', categoryId }, 3);
  await givenProduct(ports, { slug: 'mug', categoryId, variants: [{}, {}] }, 3);
  const related = ports.catalog.run(SHOP, ({ products }) =>
    products
      .find('mug')
      .andThen((mug) => mug.relateTo([saucer.state.id], ports.clock.now()))
      .andThen((mug) => products.save(mug)),
  );
  (await related)._unsafeUnwrap();
});
afterAll(() => shop.close());

const READS: readonly [what: string, path: string][] = [
  ['a product', '/products/mug/'],
  ['the variants of a product', '/products/mug/variants/'],
  ['what goes with a product', '/products/mug/related/'],
  ['the first products', '/products/'],
  ['products of a category at a price', '/products/?category=cups&min_price=1&ordering=-price'],
  ['products of a category and below it', '/products/?category_tree=cups&in_stock=true'],
  ['facets', '/products/?facets=category,price,in_stock,rating,attr.color'],
  ['a page of which there are two', '/products/?page=2&page_size=1'],
  ['the tree of the categories', '/categories/tree/'],
];

/** As after a start: nothing is remembered anywhere. */
async function forgetEverything(): Promise<void> {
  await shop.wiring.get(TOKENS.catalogueCache).shared?.forget([EVERYTHING]);
  await pause(STALEST_READ_MILLISECONDS);
}

it.each(READS)('%s: at most two statements, and none once it was read', async (_what, path) => {
  await forgetEverything();
  const cold = await shop.ask(path);
  expect(cold.status).toBe(200);
  expect([1, 2]).toContain(cold.statements.length);
  const warm = await shop.ask(path);
  expect([warm.status, warm.text, warm.statements]).toEqual([200, cold.text, []]);
  await pause(STALEST_READ_MILLISECONDS);
  const tag = warm.headers.get('etag') ?? '';
  const known = await shop.ask(path, { headers: { 'If-None-Match': tag } });
  expect([known.status, known.text, known.statements]).toEqual([304, '', []]);
});

it.each([
  ['a search', '/products/?search=mug', 200],
  ['a search with a typo', '/products/?search=saucr', 200],
  ['a page that nobody else asks for', '/products/?page=11', 200],
  ['what is not there', '/products/nothing/', 404],
])('%s: at most two statements, and none at once thereafter', async (_what, path, expected) => {
  const { status, statements } = await shop.ask(path);
  expect(status).toBe(expected);
  expect([1, 2]).toContain(statements.length);
  // It is remembered for a tenth of a second, which a busy machine may take for one answer.
  const twice = async () => (await shop.ask(path)) && (await shop.ask(path)).statements;
  await expect.poll(twice, { timeout: 10_000 }).toEqual([]);
});
