import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { ProductId, VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { anyProductDraft } from '../testing/product-draft.arbitrary.ts';
import { PRODUCT_STATUSES } from './product-status.value.ts';
import { Product, type CreateProductInput } from './product.aggregate.ts';
import { draftOf, type DraftVariant } from './variant.ts';

const usd = parseCurrency('USD')._unsafeUnwrap();
const dollars = (cents: bigint) => Money.of(cents, usd)._unsafeUnwrap();
const later = 2_000 as Instant;
const size = (value: string) => [{ name: 'Size', value }];
const variant = (sku: string, changes: Partial<DraftVariant> = {}): DraftVariant => ({
  id: `id of ${sku}` as VariantId,
  sku,
  price: dollars(1999n),
  ...changes,
});
const draft: CreateProductInput = {
  id: '0190a5c4-7d1e-7abc-8def-0123456789ab' as ProductId,
  name: 'Green Tea',
  description: '',
  categoryId: null,
  attributes: {},
  seo: { title: 'Tea' },
  options: [{ name: 'Size', values: ['S', 'M', 'L'] }],
  status: 'draft',
  variants: [variant('TEA-S', { options: size('S') }), variant('TEA-M', { options: size('M') })],
  images: [],
  currency: usd,
  at: 1_000 as Instant,
};
const stored = (changes: Partial<CreateProductInput> = {}) =>
  Product.restore(Product.create({ ...draft, ...changes })._unsafeUnwrap().state, 7);
const idOf = (sku: string) => `id of ${sku}` as VariantId;
const told = (product: Product) =>
  product.pending.map(({ type, aggregateVersion, payload }) => [type, aggregateVersion, payload]);
const PRODUCT = { productId: draft.id };

describe('a product that is changed', () => {
  test('tells which of its fields are another, as its next version', () => {
    const changed = stored()
      .change({ name: 'Sencha', slug: 'sencha', seo: { description: 'Fresh' } }, later)
      ._unsafeUnwrap();
    expect(changed.state).toMatchObject({
      name: 'Sencha',
      seo: { title: 'Tea', description: 'Fresh' },
      createdAt: 1_000,
      updatedAt: later,
    });
    expect([changed.version, told(changed)]).toEqual([
      8,
      [
        [
          'catalog.product_changed',
          8,
          {
            ...PRODUCT,
            slug: 'sencha',
            previousSlug: 'green-tea',
            fields: ['name', 'slug', 'seo'],
          },
        ],
      ],
    ]);
  });

  test('into what it is, is the same product', () => {
    fc.assert(
      fc.property(anyProductDraft(), (input) => {
        const product = Product.create(input)._unsafeUnwrap();
        const { variants, ...content } = product.state;
        const drafts = variants.map(draftOf);
        expect(product.change({ ...content, variants: drafts }, later)._unsafeUnwrap()).toBe(
          product,
        );
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    [{ name: ' ' }, ['name']],
    [{ slug: 'tree' }, ['slug']],
    [{ seo: { title: 'x'.repeat(201) } }, ['seo', 'title']],
    [{ seo: { description: 'a\0' } }, ['seo', 'description']],
    [{ tags: [''] }, ['tags', 0]],
    [{ variants: [] }, ['variants']],
    [{ variants: [variant('A', { options: size('XL') })] }, ['variants', 0, 'options', 0, 'value']],
    [{ options: [{ name: 'Size', values: ['S'] }] }, ['variants', 1, 'options', 0, 'value']],
  ])('by %j is refused where it stands', (changes, path) => {
    expect(stored().change(changes, later)._unsafeUnwrapErr()).toMatchObject({ path });
  });

  test('keeps a slug that could not be chosen any more', () => {
    const old = Product.restore({ ...stored().state, slug: 'tree' as never }, 1);
    expect(old.change({ name: 'New' }, later)._unsafeUnwrap().state.slug).toBe('tree');
  });

  test('takes a whole new assortment, and tells of each variant', () => {
    const changed = stored()
      .change(
        {
          variants: [
            variant('TEA-L', { options: size('L') }),
            variant('TEA-M', { options: size('M'), price: dollars(1n), weightGrams: 5 }),
          ],
        },
        later,
      )
      ._unsafeUnwrap();
    const facts = (sku: string) => ({ ...PRODUCT, variantId: idOf(sku), sku });
    expect(told(changed)).toEqual([
      ['catalog.variant_removed', 8, facts('TEA-S')],
      ['catalog.variant_added', 9, facts('TEA-L')],
      ['catalog.variant_changed', 10, { ...facts('TEA-M'), fields: ['weightGrams'] }],
      ['catalog.price_changed', 11, { ...PRODUCT, variantIds: [idOf('TEA-M')] }],
    ]);
    expect(changed.version).toBe(11);
  });

  test('shows its variants in another order, if they are stated so', () => {
    const product = stored();
    const reversed = product.state.variants.toReversed().map(draftOf);
    const changed = product.change({ variants: reversed }, later)._unsafeUnwrap();
    expect(changed.pending).toMatchObject([{ payload: { fields: ['variants'] } }]);
  });
});

describe('a variant of a product', () => {
  test('is added behind the others, with a combination of its own', () => {
    const added = stored()
      .addVariant(variant('TEA-L', { options: size('L') }), later)
      ._unsafeUnwrap();
    expect(added.state.variants.map(({ sku }) => sku)).toEqual(['TEA-S', 'TEA-M', 'TEA-L']);
    expect(added.pending).toMatchObject([{ type: 'catalog.variant_added' }]);
  });

  test.each<[string, DraftVariant, (string | number)[]]>([
    ['a SKU of its siblings', variant('TEA-S', { id: idOf('x'), options: size('L') }), ['sku']],
    ['a combination of its siblings', variant('A', { options: size('S') }), ['options']],
    ['no choice', variant('A'), ['options']],
    [
      'a price in another currency',
      variant('A', { price: Money.zero(parseCurrency('EUR')._unsafeUnwrap()) }),
      ['price', 'currency'],
    ],
    ['a minimum above its price', variant('A', { minimumPrice: dollars(2000n) }), ['minimumPrice']],
  ])('with %s is refused at its own field', (_title, wrong, path) => {
    expect(stored().addVariant(wrong, later)._unsafeUnwrapErr()).toMatchObject({ path });
  });

  test('is one of two hundred at most', () => {
    const variants = Array.from({ length: 200 }, (_, index) => variant(`T-${index}`));
    const full = stored({ options: undefined, variants });
    expect(full.addVariant(variant('T-200'), later)._unsafeUnwrapErr()).toMatchObject({
      code: 'catalog.invalid_variant_count',
    });
  });

  test('keeps what is left out, loses what is null, and stays where it was', () => {
    const changed = stored()
      .changeVariant(idOf('TEA-S'), { cost: dollars(5n), barcode: '96385074' }, later)
      ._unsafeUnwrap()
      .changeVariant(idOf('TEA-S'), { cost: null, name: 'Small' }, later)
      ._unsafeUnwrap();
    const [small] = changed.state.variants;
    expect(small).toMatchObject({ sku: 'TEA-S', name: 'Small', cost: null, barcode: '96385074' });
    expect(changed.pending.map(({ type }) => type)).toEqual([
      'catalog.variant_changed',
      'catalog.price_changed',
      'catalog.variant_changed',
      'catalog.price_changed',
    ]);
    expect(stored().changeVariant(idOf('nobody'), {}, later)._unsafeUnwrapErr().code).toBe(
      'catalog.variant_not_found',
    );
  });

  test('is taken away, unless it is the last', () => {
    const one = stored().removeVariant(idOf('TEA-S'), later)._unsafeUnwrap();
    expect(one.state.variants.map(({ sku }) => sku)).toEqual(['TEA-M']);
    const code = (id: VariantId) => one.removeVariant(id, later)._unsafeUnwrapErr().code;
    expect(code(idOf('TEA-M'))).toBe('catalog.last_variant');
    expect(code(idOf('TEA-S'))).toBe('catalog.variant_not_found');
  });
});

describe("a product's life", () => {
  test.each(PRODUCT_STATUSES.flatMap((from) => PRODUCT_STATUSES.map((to) => [from, to] as const)))(
    'leads from %s to %s exactly when that is another one',
    (from, to) => {
      const entered = stored({ status: from }).enter(to, later);
      expect(entered.isOk()).toBe(from !== to);
      if (entered.isErr())
        expect(entered.error).toMatchObject({
          code: 'catalog.illegal_status_change',
          legal: PRODUCT_STATUSES.filter((status) => status !== from),
        });
      else expect(entered.value.state.status).toBe(to);
    },
  );

  test('remembers when shoppers could see it first, or again', () => {
    const published = stored().publish(later)._unsafeUnwrap();
    const archived = published.archive(3_000 as Instant)._unsafeUnwrap();
    const again = archived.publish(4_000 as Instant)._unsafeUnwrap();
    expect([stored(), published, archived, again].map(({ state }) => state.publishedAt)).toEqual([
      null,
      later,
      later,
      4_000,
    ]);
    expect(
      again
        .enter('draft', later)
        ._unsafeUnwrap()
        .pending.map(({ type }) => type),
    ).toEqual([
      'catalog.product_published',
      'catalog.product_archived',
      'catalog.product_published',
      'catalog.product_unpublished',
    ]);
  });

  test('ends once: a deleted product takes no change', () => {
    const gone = stored().delete(later)._unsafeUnwrap();
    expect(gone.state.deletedAt).toBe(later);
    expect(gone.pending).toMatchObject([
      { type: 'catalog.product_deleted', payload: { variantIds: [idOf('TEA-S'), idOf('TEA-M')] } },
    ]);
    const attempts = [
      gone.delete(later),
      gone.publish(later),
      gone.change({ name: 'x' }, later),
      gone.addVariant(variant('A'), later),
      gone.changeVariant(idOf('TEA-S'), {}, later),
      gone.removeVariant(idOf('TEA-S'), later),
      gone.relateTo([], later),
    ];
    for (const attempt of attempts)
      expect(attempt._unsafeUnwrapErr().code).toBe('catalog.product_not_found');
  });
});

describe('what goes with a product', () => {
  const others = Array.from({ length: 51 }, (_, index) => `product ${index}` as ProductId);

  test('is in the order that somebody chose', () => {
    const [a, b] = others as [ProductId, ProductId];
    const related = stored().relateTo([b, a], later)._unsafeUnwrap();
    expect(related.state.relatedIds).toEqual([b, a]);
    expect(related.pending).toMatchObject([{ payload: { fields: ['relatedIds'] } }]);
    expect(related.relateTo([b, a], later)._unsafeUnwrap()).toBe(related);
  });

  test('is never the product itself, nothing twice, and at most fifty', () => {
    const [a] = others as [ProductId];
    const refusal = (ids: readonly ProductId[]) => {
      const error = stored().relateTo(ids, later)._unsafeUnwrapErr();
      return 'reason' in error && [error.reason, error.path.join('.')];
    };
    expect(refusal([a, draft.id])).toEqual(['itself', 'productIds.1']);
    expect(refusal([a, others[1] as ProductId, a])).toEqual(['twice', 'productIds.2']);
    expect(refusal(others)).toEqual(['too_many', 'productIds']);
    expect(stored().relateTo(others.slice(1), later).isOk()).toBe(true);
  });
});
