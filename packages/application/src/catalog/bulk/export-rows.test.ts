import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Product } from '@kastoma/domain/catalog';
import type { Currency, Instant } from '@kastoma/domain/core';

import { SequentialIds } from '../../testing/ports/sequential-ids.ts';
import { CSV_HEADER, csvOf, ndjsonOf, type ExportedProduct } from './export-rows.ts';
import { importBatch } from './import-batch.ts';
import type { ImportCells } from './import-columns.ts';
import { readImportRow } from './import-row.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';

const USD = 'USD' as Currency;
const cause = { reference: 'import:1', actor: 'user:1', reason: 'Import', at: 5_000 as Instant };

function importOf(cells: readonly ImportCells[], products: readonly Product[] = []) {
  const rows = cells.map((one, index) => readImportRow(one, index + 2, USD)._unsafeUnwrap());
  const shelf = { products, stock: new Map(), categories: new Map() };
  return importBatch(rows, { shelf, currency: USD, ids: new SequentialIds(), cause });
}

function productOf(cells: readonly ImportCells[]): Product {
  const [change] = importOf(cells).batch.products;
  if (change === undefined) throw new Error('Nothing was made.');
  return change.product;
}

const exported = (product: Product, counted: readonly number[] = []): ExportedProduct => ({
  product,
  categorySlug: null,
  onHand: new Map(
    counted.flatMap((units, index) => {
      const variant = product.state.variants[index];
      return variant === undefined ? [] : [[variant.id, units] as const];
    }),
  ),
});

const PLAIN: ImportCells = { sku: 'PEN', name: 'Pen', price: '1.00' };
const FULL: ImportCells = {
  product_slug: 'mug',
  name: '=Mug',
  description: 'Two\nlines, and a "quote"',
  tags: 'big|blue',
  attributes: '{"material":"clay"}',
  seo_title: 'A mug',
  seo_description: ' Buy it.',
  sku: 'MUG-L',
  variant_name: 'Large',
  option1_name: 'Size',
  option1_value: 'L',
  price: '9.50',
  compare_at_price: '12.00',
  minimum_price: '8.00',
  cost: '4.00',
  prices:
    '[{"currency":"EUR","price":"9.00","compare_at_price":"11.00","minimum_price":"7.00"},{"currency":"JPY","price":"1500"}]',
  barcode: '4006381333931',
  weight_grams: '350',
  length_mm: '1',
  width_mm: '2',
  height_mm: '3',
  variant_attributes: '{"colour":"blue"}',
};
const SMALL: ImportCells = {
  product_slug: 'mug',
  sku: 'MUG-S',
  option1_name: 'Size',
  option1_value: 'S',
  price: '7.50',
};

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const every: Item[] = [];
  for await (const item of items) every.push(item);
  return every;
}

async function cellsOf(text: string, read: typeof readCsv): Promise<readonly ImportCells[]> {
  const file = (async function* () {
    yield ok(new TextEncoder().encode(text));
  })();
  const rows = await all(read(file));
  return rows.map((row) => {
    const result = row.andThen((one) => ('cells' in one ? ok(one.cells) : err(one)));
    return result._unsafeUnwrap();
  });
}

const csvFile = (product: ExportedProduct) => CSV_HEADER + csvOf(product);
const formats = [
  ['CSV', csvFile, readCsv],
  ['NDJSON', ndjsonOf, readNdjson],
] as const;

describe.each(formats)('a product exported as %s', (_format, write, read) => {
  it('has a row for each variant, with what is on hand where somebody counted', async () => {
    const rows = await cellsOf(write(exported(productOf([FULL, SMALL]), [5])), read);
    expect(rows.map(({ sku, stock, price }) => [sku, stock, price])).toEqual([
      ['MUG-L', '5', '9.50'],
      ['MUG-S', '', '7.50'],
    ]);
    expect(rows[0]).toMatchObject({ name: '=Mug', length_mm: '1', seo_description: 'Buy it.' });
  });

  it.each([
    ['with everything', [FULL, SMALL]],
    ['with hardly anything', [PLAIN]],
  ])('is taken back as it was: one %s', async (_what, cells) => {
    const product = productOf(cells);
    const again = importOf(await cellsOf(write(exported(product)), read), [product]);
    expect(again).toMatchObject({ unchanged: 1, updated: 0, created: 0, problems: [] });
  });

  it('names its category by the slug', async () => {
    const product = { ...exported(productOf([PLAIN])), categorySlug: 'pens' };
    expect(await cellsOf(write(product), read)).toMatchObject([{ category: 'pens' }]);
  });
});

describe('an exported line', () => {
  it('of CSV holds no formula that a spreadsheet would run, and quotes what has to be', () => {
    const line = csvOf(exported(productOf([FULL])));
    expect(line).toContain(`,'=Mug,"Two\nlines, and a ""quote""",`);
    expect(line).toContain(',big|blue,"{""material"":""clay""}",');
    expect(line.endsWith('\r\n')).toBe(true);
  });

  it('of NDJSON holds JSON as JSON, tags as a list, and null where there is nothing', () => {
    const line = JSON.parse(ndjsonOf(exported(productOf([FULL])))) as unknown;
    expect(line).toMatchObject({
      tags: ['big', 'blue'],
      attributes: { material: 'clay' },
      prices: [
        { currency: 'EUR', price: '9.00', compare_at_price: '11.00', minimum_price: '7.00' },
        { currency: 'JPY', price: '1500' },
      ],
      price: '9.50',
      category: null,
      stock: null,
      option2_name: null,
    });
  });
});
