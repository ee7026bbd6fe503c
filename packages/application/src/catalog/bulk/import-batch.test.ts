import { describe, expect, it } from 'vitest';

import { Product, type AttributeDefinition } from '@kastoma/domain/catalog';
import type { CategoryId, Currency, Instant, VariantId } from '@kastoma/domain/core';

import { SequentialIds } from '../../testing/ports/sequential-ids.ts';
import { openStock, type StockAccount } from '../acl/inventory-stock-take.ts';
import { derivedSlugs, importBatch, questionOf, underFreeSlugs } from './import-batch.ts';
import type { ImportCells } from './import-columns.ts';
import { readImportRow } from './import-row.ts';
import type { Shelf, ShelfCategory } from './product-batch.ts';

const USD = 'USD' as Currency;
const cause = { reference: 'import:1', actor: 'user:1', reason: 'Import', at: 5_000 as Instant };

const row = (cells: ImportCells, line = 2) => readImportRow(cells, line, USD)._unsafeUnwrap();

function take(cells: readonly ImportCells[], shelf: Partial<Shelf> = {}) {
  const rows = cells.map((one, index) => row(one, index + 2));
  const empty: Shelf = { products: [], stock: new Map(), categories: new Map() };
  const ids = new SequentialIds();
  return importBatch(rows, { shelf: { ...empty, ...shelf }, currency: USD, ids, cause });
}

function stored(cells: readonly ImportCells[]): Product {
  const change = take(cells).batch.products[0];
  if (change === undefined) throw new Error('Nothing was made.');
  return Product.restore(change.product.state, change.product.version);
}

function accountOf(variantId: VariantId, units: number, reserved: number): StockAccount {
  const { moved } = openStock(variantId, units, cause)._unsafeUnwrap();
  return moved.stock.reserve({ variantId, quantity: reserved }, cause)._unsafeUnwrap().stock;
}

const MUG: ImportCells = {
  product_slug: 'mug',
  name: 'Mug',
  sku: 'MUG',
  price: '9.50',
  stock: '3',
};

describe('rows of a file', () => {
  it('that say nothing new change nothing', () => {
    const product = stored([MUG]);
    const variantId = product.state.variants[0].id;
    const account = accountOf(variantId, 3, 1);
    const again = take([MUG], { products: [product], stock: new Map([[variantId, account]]) });
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 1, problems: [] });
    expect(again.batch).toEqual({ products: [], stock: [] });
  });

  it('count stock to what is there, and not below what is promised', () => {
    const product = stored([MUG]);
    const variantId: VariantId = product.state.variants[0].id;
    const account = accountOf(variantId, 3, 2);
    const shelf = { products: [product], stock: new Map([[variantId, account]]) };
    const more = take([{ sku: 'MUG', stock: '10' }], shelf);
    expect(more).toMatchObject({ updated: 1, problems: [] });
    expect(more.batch.stock[0]?.moved.movements).toMatchObject([
      { type: 'adjustment', onHandDelta: 7, reference: 'import:1', actor: 'user:1' },
    ]);
    expect(take([{ sku: 'MUG', stock: '1' }], shelf).problems).toMatchObject([
      { line: 2, column: 'stock', error: { code: 'inventory.stock_too_low' } },
    ]);
  });

  it('clear what they leave empty, and keep what they do not mention', () => {
    const product = stored([{ ...MUG, compare_at_price: '12.00', barcode: '4006381333931' }]);
    const changed = take([{ sku: 'MUG', compare_at_price: '' }], { products: [product] });
    const [variant] = changed.batch.products[0]?.product.state.variants ?? [];
    expect(variant).toMatchObject({ compareAtPrice: null, barcode: '4006381333931' });
    expect(variant?.price.toDecimal()).toBe('9.50');
  });

  it('put a product into a category that there is, described as it wants', () => {
    const id = '0199c0de-0000-7000-8000-000000000001' as CategoryId;
    const definition: AttributeDefinition = {
      name: 'material',
      type: 'text',
      choices: [],
      required: true,
      label: null,
      unit: null,
      filterable: true,
    };
    const cups: ShelfCategory = { id, definitions: [definition] };
    const shelf = { categories: new Map([['cups', cups]]) };
    const place = (cells: ImportCells) => take([{ ...MUG, ...cells }], shelf);
    expect(place({ category: 'plates' }).problems).toMatchObject([
      { column: 'category', error: { code: 'catalog.unknown_category' } },
    ]);
    expect(place({ category: 'cups' }).problems).toMatchObject([
      { column: 'attributes', error: { code: 'catalog.attribute_mismatch' } },
    ]);
    const good = place({ category: 'cups', attributes: '{"material":"clay"}' });
    expect(good.batch.products[0]?.product.state.categoryId).toBe(id);
  });

  it('that make a product impossible are left out, and the others are taken', () => {
    const size = (sku: string, value: string): ImportCells => ({
      ...MUG,
      sku,
      option1_name: 'Size',
      option1_value: value,
    });
    const taken = take([
      size('A', 'S'),
      size('B', 'S'),
      size('C', 'M'),
      { ...size('D', ''), option1_name: '' },
    ]);
    expect(taken.problems.map(({ line, column }) => [line, column])).toEqual([
      [3, 'option1_name'],
      [5, 'option1_name'],
    ]);
    expect(taken.batch.products[0]?.product.state.variants.map(({ sku }) => sku)).toEqual([
      'A',
      'C',
    ]);
    expect(taken.batch.products[0]?.product.state.options).toEqual([
      { name: 'Size', values: ['S', 'M'] },
    ]);
  });

  it('do not take a SKU from another product, nor a product that is not there', () => {
    const product = stored([MUG]);
    const other = Product.restore(
      {
        ...product.state,
        id: 'other' as never,
        slug: 'cup' as never,
        variants: [{ ...product.state.variants[0], sku: 'CUP' as never }],
      },
      1,
    );
    const shelf = { products: [product, other] };
    const wrong = take(
      [
        { ...MUG, sku: 'CUP' },
        { ...MUG, sku: 'NEW', product_id: crypto.randomUUID() },
      ],
      shelf,
    );
    expect(wrong.problems.map(({ error }) => error.code)).toEqual([
      'catalog.sku_taken',
      'catalog.product_not_found',
    ]);
    expect(wrong.batch.products).toEqual([]);
  });

  it('rename a product that their SKU belongs to, and publish it', () => {
    const product = stored([MUG]);
    const changed = take([{ ...MUG, product_slug: 'big-mug', status: 'published' }], {
      products: [product],
    });
    expect(changed.batch.products[0]?.product.state).toMatchObject({
      id: product.state.id,
      slug: 'big-mug',
      status: 'published',
    });
  });
});

it('a slug that is made of a name gives way to those that others have or state', () => {
  const cells = [
    { sku: 'A', name: 'Mug', price: '1.00' },
    { sku: 'B', name: 'Cup', price: '1.00' },
    { sku: 'C', name: 'Cup', price: '1.00' },
    { ...MUG, sku: 'D' },
  ];
  const rows = cells.map((one, index) => row(one, index + 2));
  const imported = take(cells);
  expect(derivedSlugs(imported)).toEqual(['mug', 'cup', 'cup']);
  const { products } = underFreeSlugs(imported, questionOf(rows).slugs, []);
  const free = products.map(({ product }) => product.state.slug);
  expect(new Set(free).size).toBe(4);
  expect(free[3]).toBe('mug');
  expect(free[1]).toBe('cup');
});
