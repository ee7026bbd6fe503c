import { describe, expect, it } from 'vitest';

import { Product, type AttributeDefinition } from '@kastoma/domain/catalog';
import type { CategoryId, Currency, Instant, VariantId } from '@kastoma/domain/core';

import { SequentialIds } from '../../testing/ports/sequential-ids.ts';
import type { ImportCells } from './import-columns.ts';
import { importProduct } from './import-product.ts';
import { readImportRow } from './import-row.ts';
import type { Shelf, ShelfCategory } from './product-batch.ts';

const ids = new SequentialIds();
const USD = 'USD' as Currency;
const CUPS = '0199c0de-0000-7000-8000-000000000001' as CategoryId;
const cause = { reference: 'import:1', actor: 'user:1', reason: 'Import', at: 5_000 as Instant };

const material: AttributeDefinition = {
  name: 'material',
  type: 'text',
  choices: [],
  required: true,
  label: null,
  unit: null,
  filterable: true,
};
const cups: ShelfCategory = { id: CUPS, definitions: [material] };
const withCups = {
  categories: new Map<string, ShelfCategory>([
    ['cups', cups],
    [CUPS, cups],
  ]),
};

function take(
  cells: readonly ImportCells[],
  before: Product | null = null,
  shelf: Partial<Shelf> = {},
) {
  const rows = cells.map((one, index) => readImportRow(one, index + 2, USD)._unsafeUnwrap());
  const products = before === null ? [] : [before];
  return importProduct(
    { before, rows },
    {
      shelf: { products, stock: new Map(), categories: new Map(), ...shelf },
      currency: USD,
      ids,
      cause,
    },
  );
}

const MUG: ImportCells = { sku: 'MUG', name: 'Mug', price: '9.50' };
const SECOND: ImportCells = {
  sku: 'MUG-2',
  price: '9.50',
  option1_name: 'Size',
  option1_value: 'L',
};
const FIRST: ImportCells = { ...MUG, option1_name: 'Size', option1_value: 'S' };

function stored(cells: readonly ImportCells[], shelf: Partial<Shelf> = {}): Product {
  const { change } = take(cells, null, shelf);
  if (change === null) throw new Error('Nothing was made.');
  return Product.restore(change.product.state, change.product.version);
}

const clayMug = () =>
  stored([{ ...MUG, category: 'cups', attributes: '{"material":"clay"}' }], withCups);

describe('rows of one product', () => {
  it.each<[string, ImportCells]>([
    ['name', { name: 'Cup' }],
    ['description', { description: 'For tea.' }],
    ['category', { category: 'plates' }],
    ['status', { status: 'published' }],
    ['tags', { tags: 'blue' }],
    ['attributes', { attributes: '{"colour":"blue"}' }],
    ['seo_title', { seo_description: 'Buy it.' }],
  ])('may not say two things of its %s: the first one holds', (column, said) => {
    const taken = take([FIRST, { ...SECOND, ...said }]);
    expect(taken.problems).toEqual([
      {
        line: 3,
        sku: 'MUG-2',
        column,
        error: { code: 'catalog.import_contradiction', firstLine: 2 },
      },
    ]);
    expect(taken.accepted).toBe(1);
    expect(taken.change?.product.state.variants.map(({ sku }) => sku)).toEqual(['MUG']);
  });

  it('agree where they say the same, or nothing', () => {
    const silent = { category: '', tags: '', attributes: '', seo_title: '', description: '' };
    const taken = take([
      { ...FIRST, tags: 'blue', description: 'For tea.' },
      { ...SECOND, ...silent, name: 'Mug' },
    ]);
    expect(taken).toMatchObject({ accepted: 2, problems: [] });
    expect(taken.change?.product.state).toMatchObject({ description: 'For tea.', tags: ['blue'] });
  });

  it('are all refused where the product cannot be', () => {
    const taken = take([{ ...FIRST, name: '' }, SECOND]);
    expect(taken).toMatchObject({ change: null, stock: [], accepted: 0 });
    expect(taken.problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 'name'],
      [3, 'name'],
    ]);
  });

  it('are all refused where the product was deleted', () => {
    const gone = Product.restore({ ...stored([MUG]).state, deletedAt: 4_000 as Instant }, 1);
    expect(take([{ ...MUG, name: 'Cup' }], gone).problems).toEqual([
      { line: 2, sku: 'MUG', column: null, error: { code: 'catalog.product_not_found' } },
    ]);
  });

  it('without a price make no variant, and the others do', () => {
    const { price: _price, ...unpriced } = SECOND;
    const taken = take([FIRST, unpriced, { ...unpriced, sku: 'MUG-3', price: '' }]);
    expect(taken.accepted).toBe(1);
    expect(taken.problems.map(({ line, column, error }) => [line, column, error.code])).toEqual([
      [3, 'price', 'catalog.import_missing_value'],
      [4, 'price', 'catalog.import_missing_value'],
    ]);
  });
});

describe('the stock of a row', () => {
  it('that cannot be refuses the row of a new variant', () => {
    const taken = take([
      { ...FIRST, stock: '-1' },
      { ...SECOND, name: 'Mug', stock: '4' },
    ]);
    expect(taken.problems).toMatchObject([
      { line: 2, column: 'stock', error: { code: 'inventory.invalid_stock' } },
    ]);
    expect(taken.change?.product.state.variants.map(({ sku }) => sku)).toEqual(['MUG-2']);
    expect(taken.stock.map(({ moved }) => moved.stock.state.onHand)).toEqual([4]);
  });

  it('opens the account of a variant that has none yet', () => {
    const product = stored([MUG]);
    const [{ id }] = product.state.variants;
    const taken = take([{ sku: 'MUG', stock: '6' }], product);
    expect(taken.change).toBeNull();
    expect(taken.stock).toMatchObject([
      { before: null, moved: { stock: { state: { variantId: id, onHand: 6 } } } },
    ]);
  });

  it('of a new variant beside others opens its account alone', () => {
    const product = stored([FIRST]);
    const known: VariantId = product.state.variants[0].id;
    const taken = take([{ sku: 'MUG' }, { ...SECOND, stock: '2' }], product);
    expect(taken.stock).toHaveLength(1);
    expect(taken.stock[0]?.moved.stock.state).toMatchObject({ onHand: 2 });
    expect(taken.stock[0]?.moved.stock.state.variantId).not.toBe(known);
  });
});

describe('the category of a product', () => {
  it('is left where a row leaves it empty', () => {
    const changed = take([{ sku: 'MUG', category: '' }], clayMug(), withCups).change;
    expect(changed?.product.state.categoryId).toBeNull();
  });

  it('measures a change of its attributes though no row names it', () => {
    const change = (json: string) => take([{ sku: 'MUG', attributes: json }], clayMug(), withCups);
    expect(change('{}').problems).toMatchObject([
      { column: 'attributes', error: { code: 'catalog.attribute_mismatch' } },
    ]);
    expect(change('{"material":"steel"}').change?.product.state.attributes).toEqual({
      material: 'steel',
    });
  });

  it('asks nothing of a product whose description stays as it was', () => {
    const mug = clayMug();
    const before = Product.restore({ ...mug.state, attributes: {} }, 1);
    const renamed = take([{ sku: 'MUG', name: 'Cup' }], before, withCups);
    expect(renamed.problems).toEqual([]);
    expect(renamed.change?.product.state.name).toBe('Cup');
  });

  it('asks nothing any more once it is gone', () => {
    const changed = take([{ sku: 'MUG', attributes: '{}' }], clayMug());
    expect(changed.problems).toEqual([]);
    expect(changed.change?.product.state.attributes).toEqual({});
  });
});

it('a status that a product has already changes nothing', () => {
  const product = stored([{ ...MUG, status: 'archived' }]);
  expect(take([{ sku: 'MUG', status: 'archived' }], product)).toMatchObject({
    change: null,
    accepted: 1,
    problems: [],
  });
});
