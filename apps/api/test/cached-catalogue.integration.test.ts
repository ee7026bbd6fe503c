import { readdir, readFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { dollars, givenProduct, SHOP } from '@kastoma/application/testing';

import { TOKENS } from '../src/composition/tokens.ts';
import { openCountedShop, type CountedShop } from './counted-shop.ts';
import { usd } from './goods.ts';
import type { Cart, Product } from './wire.ts';

let shop: CountedShop;

beforeAll(async () => {
  shop = await openCountedShop();
});
afterAll(() => shop.close());

async function ask<Data>(path: string, access: string | null, body?: object): Promise<Data> {
  const { text } = await shop.ask(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(access === null ? {} : { Authorization: `Bearer ${access}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (JSON.parse(text) as { data: Data }).data;
}

it('a cart has the price of now, whatever page of the product its shopper was shown', async () => {
  const { state } = await givenProduct(shop.ports, { variants: [{ price: '19.99' }] }, 5);
  const priceShown = async () => (await ask<Product>(`/products/${state.slug}/`, null)).price;
  expect(await priceShown()).toEqual(usd('19.99'));
  const { access } = await ask<{ access: string }>('/auth/register/', null, {
    email: 'ada@people.example',
    password: 'a long walk by the sea',
    first_name: 'Ada',
    last_name: 'Shopper',
  });
  const bought = { product_id: state.id, quantity: 1 };
  expect((await ask<Cart>('/cart/add_item/', access, bought)).totals.subtotal).toEqual(
    usd('19.99'),
  );

  const changing = shop.wiring.get(TOKENS.changeVariant).execute(
    {
      idOrSlug: state.id,
      variantId: state.variants[0].id,
      changes: { price: dollars('24.99') },
      expectedVersion: null,
    },
    SHOP,
  );
  expect((await changing).isOk()).toBe(true);
  // Nobody relays events here, so the page stays as it was cached.
  expect(await priceShown()).toEqual(usd('19.99'));
  expect((await ask<Cart>('/cart/', access)).totals.subtotal).toEqual(usd('24.99'));
});

it('what is cached is given to nothing but what is shown', async () => {
  const folder = new URL('../src/composition/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.bindings.ts'));
  const users = await Promise.all(
    files.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8');
      return /\b(?:cachedReads|productQueries|categoryQueries)\b/.test(text) ? [name] : [];
    }),
  );
  expect(users.flat().toSorted()).toEqual(['caching.bindings.ts', 'http.bindings.ts']);
});
