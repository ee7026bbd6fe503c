import { describe, expect, it } from 'vitest';

import { Product } from '@kastoma/domain/catalog';
import type { Currency, Instant, VariantId } from '@kastoma/domain/core';

import { SequentialIds } from '../../testing/ports/sequential-ids.ts';
import type { ImportCells } from './import-columns.ts';
import { draftVariant, draftVariants } from './import-draft.ts';
import { readImportRow } from './import-row.ts';

const USD = 'USD' as Currency;
const MUG: ImportCells = { sku: 'MUG-S', price: '9.50', barcode: '4006381333931' };
const inSize = (value: string): ImportCells => ({ option1_name: 'Size', option1_value: value });

const ids = new SequentialIds();
const row = (cells: ImportCells) => readImportRow(cells, 7, USD)._unsafeUnwrap();
const draft = (cells: ImportCells, before: Product | null = null) =>
  draftVariant(row(cells), before, () => ids.next<VariantId>());

function mugs(): Product {
  const small = draft({ ...MUG, ...inSize('S') })._unsafeUnwrap();
  const medium = draft({ sku: 'MUG-M', price: '10.00', ...inSize('M') })._unsafeUnwrap();
  const { options } = draftVariants(null, [small, medium]);
  return Product.create({
    id: ids.next(),
    name: 'Mug',
    description: '',
    attributes: {},
    images: [],
    categoryId: null,
    status: 'draft',
    currency: USD,
    at: 5_000 as Instant,
    options,
    variants: [small.draft, medium.draft],
  })._unsafeUnwrap();
}

describe('the row of a new variant', () => {
  it('has to state a price', () => {
    const { price: _, ...unpriced } = MUG;
    const wrong = {
      line: 7,
      sku: 'MUG-S',
      column: 'price',
      error: { code: 'catalog.import_missing_value' },
    };
    expect(draft(unpriced)._unsafeUnwrapErr()).toEqual(wrong);
    expect(draft({ ...MUG, price: ' ' })._unsafeUnwrapErr()).toEqual(wrong);
    const blank = { ...row(MUG), variant: { price: null } };
    expect(draftVariant(blank, null, () => ids.next())._unsafeUnwrapErr()).toEqual(wrong);
  });

  it('gives the variant nothing where its cells are empty', () => {
    const { draft: made } = draft({ ...MUG, barcode: '', cost: '' })._unsafeUnwrap();
    expect(made).toMatchObject({ sku: 'MUG-S' });
    expect(made.price.toDecimal()).toBe('9.50');
    expect(Object.keys(made).toSorted()).toEqual(['id', 'price', 'sku']);
  });
});

describe('the row of a variant that there is', () => {
  it('needs no price, and keeps the variant that it changes', () => {
    const before = mugs();
    const { draft: changed } = draft({ sku: 'MUG-S', barcode: '' }, before)._unsafeUnwrap();
    expect(changed.id).toBe(before.state.variants[0].id);
    expect(changed.price.toDecimal()).toBe('9.50');
    expect(changed.barcode ?? null).toBeNull();
  });

  it('leaves the other variants as they are, and new ones come after them', () => {
    const before = mugs();
    const large = draft({ sku: 'MUG-L', price: '12.00', ...inSize('L') }, before)._unsafeUnwrap();
    const medium = draft({ sku: 'MUG-M', price: '11.00' }, before)._unsafeUnwrap();
    const drafts = draftVariants(before, [large, medium]);
    expect(drafts.variants.map(({ sku, price }) => [sku, price.toDecimal()])).toEqual([
      ['MUG-S', '9.50'],
      ['MUG-M', '11.00'],
      ['MUG-L', '12.00'],
    ]);
    expect(drafts.rows).toEqual([undefined, medium.row, large.row]);
    expect(drafts.options).toEqual([{ name: 'Size', values: ['S', 'M', 'L'] }]);
  });
});
