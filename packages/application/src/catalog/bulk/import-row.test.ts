import { describe, expect, it } from 'vitest';

import type { Currency } from '@kastoma/domain/core';

import type { ImportCells } from './import-columns.ts';
import { readImportRow } from './import-row.ts';

const EUR = 'EUR' as Currency;

const read = (cells: ImportCells) => readImportRow({ sku: 'MUG', ...cells }, 7, EUR);
const row = (cells: ImportCells) => read(cells)._unsafeUnwrap();
const refusal = (cells: ImportCells) => {
  const { column, error } = read(cells)._unsafeUnwrapErr();
  return { column, ...error };
};
const invalid = (column: string, expected: string) => ({
  column,
  code: 'catalog.import_invalid_value',
  expected,
});
const missing = (column: string) => ({ column, code: 'catalog.import_missing_value' });

describe('a row', () => {
  it('says nothing of what it has no column for', () => {
    expect(row({})).toEqual({
      line: 7,
      sku: 'MUG',
      productId: null,
      productSlug: null,
      product: {},
      variant: {},
      stock: null,
    });
  });

  it('says everything of a product and its variant', () => {
    const id = '0199c0de-0000-7000-8000-000000000001';
    const full = row({
      product_id: ` ${id} `,
      product_slug: 'mug',
      name: ' Mug ',
      description: 'Holds tea.',
      category: 'cups',
      status: 'archived',
      tags: 'blue|big',
      attributes: '{"material":"clay"}',
      seo_title: 'A mug',
      stock: '12',
      variant_name: 'Large',
      barcode: '4006381333931',
      tax_class: 'reduced',
      variant_attributes: '{"colour":"blue"}',
      weight_grams: '350',
      length_mm: '10',
      width_mm: '20',
      height_mm: '30',
      option1_name: ' Size ',
      option1_value: 'L',
    });
    expect(full).toEqual({
      line: 7,
      sku: 'MUG',
      productId: id,
      productSlug: 'mug',
      product: {
        name: 'Mug',
        description: 'Holds tea.',
        category: 'cups',
        status: 'archived',
        tags: ['blue', 'big'],
        attributes: { material: 'clay' },
        seo: { title: 'A mug' },
      },
      variant: {
        name: 'Large',
        barcode: '4006381333931',
        taxClass: 'reduced',
        attributes: { colour: 'blue' },
        weightGrams: 350,
        dimensions: { length: 10, width: 20, height: 30 },
        options: [{ name: 'Size', value: 'L' }],
      },
      stock: 12,
    });
  });

  it('clears with empty cells what can be without, and leaves alone what cannot', () => {
    const cleared = row({
      name: ' ',
      category: '',
      status: '',
      attributes: '',
      seo_title: '',
      price: '',
      cost: '',
      prices: '',
      barcode: ' ',
      variant_attributes: '',
      length_mm: '',
      option1_name: '',
      stock: '',
    });
    expect(cleared.product).toEqual({ category: null, attributes: {}, seo: { title: null } });
    expect(cleared.variant).toEqual({
      cost: null,
      prices: [],
      barcode: null,
      attributes: {},
      dimensions: null,
      options: [],
    });
    expect(cleared.stock).toBeNull();
  });

  it.each<ImportCells>([{ sku: '' }, { sku: '  ' }])('without a SKU is nobody’s: %o', (cells) => {
    expect(readImportRow(cells, 3, EUR)._unsafeUnwrapErr()).toEqual({
      line: 3,
      sku: null,
      column: 'sku',
      error: { code: 'catalog.import_missing_value' },
    });
  });

  it('of a file without SKUs is nobody’s', () => {
    const problem = readImportRow({ name: 'Mug' }, 3, EUR)._unsafeUnwrapErr();
    expect(problem).toMatchObject({ sku: null, column: 'sku' });
  });

  it('with an impossible SKU is reported under no more than the beginning of it', () => {
    const problem = read({ sku: 'x'.repeat(500) })._unsafeUnwrapErr();
    expect(problem).toMatchObject({ column: 'sku', error: { code: 'catalog.invalid_sku' } });
    expect(problem.sku).toBe('x'.repeat(64));
  });
});

describe('a cell', () => {
  it.each<[ImportCells, ReturnType<typeof invalid>]>([
    [{ product_id: '17' }, invalid('product_id', 'id')],
    [{ status: 'sold' }, invalid('status', 'status')],
    [{ stock: '1.5' }, invalid('stock', 'whole_number')],
    [{ weight_grams: '1e3' }, invalid('weight_grams', 'whole_number')],
    [{ price: 'cheap' }, invalid('price', 'amount')],
    [{ price: '1.999' }, invalid('price', 'amount')],
    [{ currency: 'ducats', price: '1' }, invalid('currency', 'currency')],
    [{ attributes: '{' }, invalid('attributes', 'json')],
    [{ attributes: '[]' }, invalid('attributes', 'json')],
    [{ attributes: 'null' }, invalid('attributes', 'json')],
    [{ variant_attributes: '"blue"' }, invalid('variant_attributes', 'json')],
  ])('that is not what its column holds is refused: %o', (cells, problem) => {
    expect(refusal(cells)).toEqual(problem);
  });

  it('of JSON that is longer than any product is not even looked at', () => {
    const long = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
    expect(row({ attributes: long(100_000) }).product.attributes).toHaveProperty('a');
    expect(refusal({ attributes: long(100_001) })).toEqual(invalid('attributes', 'json'));
  });
});

describe('amounts', () => {
  it.each([
    [undefined, 'EUR'],
    ['  ', 'EUR'],
    ['USD', 'USD'],
  ])('of a row in the currency %o are in %s', (currency, expected) => {
    const cells = { price: ' 9.50 ', ...(currency === undefined ? {} : { currency }) };
    expect(row(cells).variant.price?.toJSON()).toEqual({ amount: '9.50', currency: expected });
  });
});

describe('sides', () => {
  const sides = { length_mm: '1', width_mm: '2', height_mm: '3' };

  it.each(['length_mm', 'width_mm', 'height_mm'] as const)('want the others: %s', (side) => {
    const { [side]: _left, ...others } = sides;
    expect(refusal(others)).toEqual(missing(side));
    expect(refusal({ ...sides, [side]: '' })).toEqual(missing(side));
  });
});

describe('options', () => {
  it('may leave places empty', () => {
    const cells = { option1_name: '', option1_value: ' ', option4_name: 'Hue', option4_value: 'R' };
    expect(row(cells).variant.options).toEqual([{ name: 'Hue', value: 'R' }]);
  });

  it.each<[ImportCells, string]>([
    [{ option2_value: 'L' }, 'option2_name'],
    [{ option2_value: 'L', option2_name: ' ' }, 'option2_name'],
    [{ option3_name: 'Size' }, 'option3_value'],
    [{ option3_name: 'Size', option3_value: '' }, 'option3_value'],
  ])('want a name and a value: %o', (cells, column) => {
    expect(refusal(cells)).toEqual(missing(column));
  });

  it('that are written differently but look alike are the same', () => {
    const value = (text: string) =>
      row({ option1_name: 'Blend', option1_value: text }).variant.options?.[0]?.value;
    expect(value('Cafe\u{301} ')).toBe('Caf\u{e9}');
    const endless = `${'x'.repeat(1_000)} `;
    expect(value(endless)).toBe(endless);
  });
});

describe('prices in other currencies', () => {
  const prices = (json: unknown) => ({ prices: JSON.stringify(json) });

  it('are read with what goes with them', () => {
    const cells = prices([
      { currency: 'USD', price: '10.00', compare_at_price: '12.00', minimum_price: '8.00' },
      { currency: 'JPY', price: '1500', compare_at_price: null },
    ]);
    const amounts = row(cells).variant.prices?.map((one) =>
      [one.price, one.compareAtPrice, one.minimumPrice].map((money) => money?.toJSON() ?? null),
    );
    expect(amounts).toEqual([
      [
        { amount: '10.00', currency: 'USD' },
        { amount: '12.00', currency: 'USD' },
        { amount: '8.00', currency: 'USD' },
      ],
      [{ amount: '1500', currency: 'JPY' }, null, null],
    ]);
  });

  it.each<[unknown, ReturnType<typeof invalid>]>([
    [{}, invalid('prices', 'json')],
    [[null], invalid('prices', 'json')],
    [['USD'], invalid('prices', 'json')],
    [[{ price: '1.00' }], invalid('prices', 'json')],
    [[{ currency: 'USD', price: '1.00', cost: '1.00' }], invalid('prices', 'json')],
    [[{ currency: '', price: '1.00' }], invalid('currency', 'currency')],
    [[{ currency: 'USD' }], invalid('prices', 'amount')],
    [[{ currency: 'USD', price: 1 }], invalid('prices', 'amount')],
    [[{ currency: 'JPY', price: '1.50' }], invalid('prices', 'amount')],
  ])('that are no prices are refused: %j', (json, problem) => {
    expect(refusal(prices(json))).toEqual(problem);
  });
});
