import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { ProductId } from '../core/ids.value.ts';
import { anyId } from '../testing/identifier.arbitrary.ts';
import { anyInstant } from '../testing/instant.arbitrary.ts';
import { anyProductDraft } from '../testing/product-draft.arbitrary.ts';
import { Product } from './product.aggregate.ts';
import { parseProduct } from './product.json.ts';

const anyProduct = fc
  .tuple(
    anyProductDraft(),
    fc.record({
      updatedAt: anyInstant(),
      publishedAt: fc.option(anyInstant()),
      deletedAt: fc.option(anyInstant()),
      relatedIds: fc.uniqueArray(anyId<ProductId>(), { maxLength: 3 }),
    }),
    fc.integer({ min: 1, max: 99 }),
  )
  .map(([draft, life, version]) =>
    Product.restore({ ...Product.create(draft)._unsafeUnwrap().state, ...life }, version),
  );
const stored = (product: Product) =>
  JSON.parse(JSON.stringify(product.toJSON())) as Record<string, unknown>;
const [sample] = fc.sample(anyProduct, { numRuns: 1, seed: 42 }) as [Product];

describe('a product as JSON', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(anyProduct, (product) => {
        expect(parseProduct(stored(product))._unsafeUnwrap()).toEqual(product);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the names in its attributes as the merchant wrote them', () => {
    const attributes = { wheelBase: 2, isNew: true, createdAt: 5, inner: { startsAt: 6 } };
    const [variant] = sample.state.variants;
    const product = Product.restore(
      { ...sample.state, attributes, variants: [{ ...variant, attributes }] },
      1,
    );
    expect(stored(product)).toMatchObject({ attributes, variants: [{ attributes }] });
    expect(parseProduct(stored(product))._unsafeUnwrap()).toEqual(product);
  });

  test('is refused as one that could not be created', () => {
    const refusalOf = (changes: object) =>
      parseProduct({ ...stored(sample), ...changes })._unsafeUnwrapErr();
    expect(refusalOf({ variants: [] })).toMatchObject({ path: ['variants'] });
    expect(refusalOf({ name: '' })).toMatchObject({ code: 'core.invalid_text', path: ['name'] });
    expect(refusalOf({ attributes: [] })).toMatchObject({ reason: 'wrong_type' });
    expect(refusalOf({ attributes: { '': 1 } })).toMatchObject({ path: ['attributes', ''] });
    expect(refusalOf({ related_ids: [sample.state.id] })).toMatchObject({ reason: 'itself' });
    expect(refusalOf({ price: 1 })).toMatchObject({ reason: 'unknown_field' });
  });

  test('is any value at all without a throw', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(parseProduct(json).isErr()).toBe(true);
      }),
    );
  });
});
