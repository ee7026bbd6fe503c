import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ALL_CURRENCIES, parseCurrency } from '../core/currency.value.ts';
import type { CategoryId, ImageId, ProductId, VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { anyProductDraft } from '../testing/product-draft.arbitrary.ts';
import type { ProductImage } from './product-images.value.ts';
import { Product, type CreateProductInput } from './product.aggregate.ts';
import { parseSlug } from './slug.value.ts';
import type { DraftVariant } from './variant.ts';

const ID = '0190a5c4-7d1e-7abc-8def-0123456789ab' as ProductId;
const usd = parseCurrency('USD')._unsafeUnwrap();
const price = Money.of(1999n, usd)._unsafeUnwrap();
const variant = (sku: string): DraftVariant => ({ id: `id of ${sku}` as VariantId, sku, price });
const variants = (count: number) =>
  Array.from({ length: count }, (_, index) => variant(`TEA-${index}`));
const image: ProductImage = {
  id: 'image' as ImageId,
  url: '/media/tea.svg',
  alt: 'A cup of tea',
  details: null,
};
const draft: CreateProductInput = {
  id: ID,
  name: 'Green  Tea',
  description: ' Two lines\nof text ',
  categoryId: 'category' as CategoryId,
  attributes: { origin: 'Japan' },
  tags: ['Tea', 'green', 'TEA '],
  status: 'published',
  variants: variants(2),
  images: [image],
  currency: usd,
  at: 1_000 as Instant,
};
const create = (changes: Partial<CreateProductInput>) => Product.create({ ...draft, ...changes });

describe('a new product', () => {
  test('is what staff said of it, under a slug made of its name', () => {
    const product = create({})._unsafeUnwrap();
    expect(product.version).toBe(1);
    expect(product.state).toMatchObject({
      id: ID,
      name: 'Green  Tea',
      slug: 'green-tea',
      description: 'Two lines\nof text',
      categoryId: 'category',
      attributes: { origin: 'Japan' },
      tags: ['green', 'tea'],
      status: 'published',
      images: [image],
      createdAt: 1_000,
      updatedAt: 1_000,
    });
    expect(product.state.variants.map(({ sku }) => sku)).toEqual(['TEA-0', 'TEA-1']);
  });

  test('is announced with its variants', () => {
    expect(create({})._unsafeUnwrap().pending).toEqual([
      {
        type: 'catalog.product_created',
        schemaVersion: 1,
        aggregateId: ID,
        aggregateVersion: 1,
        occurredAt: 1_000,
        payload: {
          productId: ID,
          slug: 'green-tea',
          status: 'published',
          variants: [
            { variantId: 'id of TEA-0', sku: 'TEA-0' },
            { variantId: 'id of TEA-1', sku: 'TEA-1' },
          ],
        },
      },
    ]);
  });

  test('has a good slug, whatever it is called, and another good one when that is taken', () => {
    fc.assert(
      fc.property(anyProductDraft(), (input) => {
        const product = Product.create(input)._unsafeUnwrap();
        const renamed = product.withUniqueSlug();
        for (const { slug } of [product.state, renamed.state])
          expect(parseSlug(slug)._unsafeUnwrap()).toBe(slug);
        expect(renamed.state).toEqual({ ...product.state, slug: renamed.state.slug });
        expect(renamed.state.slug).not.toBe(product.state.slug);
      }),
      { numRuns: 300 },
    );
  });

  test('is announced under the slug that it got in the end', () => {
    const renamed = create({})._unsafeUnwrap().withUniqueSlug();
    expect(renamed.state.slug).toBe('green-tea-f0123456789ab');
    expect(renamed.version).toBe(1);
    expect(renamed.pending).toHaveLength(1);
    expect(renamed.pending[0]?.payload).toMatchObject({ slug: 'green-tea-f0123456789ab' });
  });

  test('needs no tags', () => {
    expect(create({ tags: undefined })._unsafeUnwrap().state.tags).toEqual([]);
  });

  test('bears the slug that somebody chose, or is refused', () => {
    expect(create({ slug: 'sencha' })._unsafeUnwrap().state.slug).toBe('sencha');
    expect(create({ slug: 'Not a slug' })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_slug',
      path: ['slug'],
    });
  });

  test('does not change when what it was made of changes', () => {
    const drafts = variants(1);
    const images = [image];
    const product = create({ variants: drafts, images })._unsafeUnwrap();
    drafts.push(variant('TEA-9'));
    images.push(image);
    expect(product.state.variants).toHaveLength(1);
    expect(product.state.images).toHaveLength(1);
    expect(Object.isFrozen(product)).toBe(true);
    expect(Object.isFrozen(product.state)).toBe(true);
  });
});

describe('what is no product is refused', () => {
  test.each([
    ['without a name', { name: ' ' }, ['name']],
    ['with a name of 201 characters', { name: 'x'.repeat(201) }, ['name']],
    ['with a NUL in its name', { name: 'a\0b' }, ['name']],
    ['with a description that is too long', { description: 'x'.repeat(20_001) }, ['description']],
    ['with facts that are none', { attributes: { a: undefined } }, ['attributes', 'a']],
    ['with a tag that is none', { tags: ['tea', ' '] }, ['tags', 1]],
    ['with 51 tags', { tags: Array.from({ length: 51 }, (_, index) => `tag-${index}`) }, ['tags']],
    ['without a variant', { variants: [] }, ['variants']],
    ['with 201 variants', { variants: variants(201) }, ['variants']],
    [
      'with a variant that has no SKU',
      { variants: [variant('A'), variant('')] },
      ['variants', 1, 'sku'],
    ],
    [
      'with two variants of one SKU',
      { variants: [variant('A'), variant('B'), variant(' A')] },
      ['variants', 2, 'sku'],
    ],
    ['with 51 pictures', { images: Array.from({ length: 51 }, () => image) }, ['images']],
    ['with a picture that is nowhere', { images: [image, { ...image, url: '' }] }, ['images', 1]],
    ['with a NUL in an address', { images: [{ ...image, url: 'a\0' }] }, ['images', 0]],
    ['with a NUL in a text', { images: [{ ...image, alt: 'a\0' }] }, ['images', 0]],
    ['with half a character', { images: [{ ...image, alt: 'a\ud800' }] }, ['images', 0]],
    [
      'with a text that is too long',
      { images: [{ ...image, alt: 'x'.repeat(501) }] },
      ['images', 0],
    ],
  ])('%s', (_title, changes, path) => {
    expect(create(changes)._unsafeUnwrapErr().path).toEqual(path);
  });

  test('as many variants and pictures as may be are taken', () => {
    const images = Array.from({ length: 50 }, () => ({ ...image, alt: 'x'.repeat(500) }));
    expect(create({ variants: variants(200), images }).isOk()).toBe(true);
  });

  test.each(ALL_CURRENCIES.filter((currency) => currency !== usd).slice(0, 3))(
    'a price in %s, where the shop sells in dollars',
    (currency) => {
      const foreign = { ...variant('A'), price: Money.zero(currency) };
      expect(create({ variants: [foreign] })._unsafeUnwrapErr()).toEqual({
        code: 'catalog.wrong_price_currency',
        expected: 'USD',
        path: ['variants', 0, 'price', 'currency'],
      });
    },
  );
});
