import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { CategoryId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { anyName } from '../testing/written-text.arbitrary.ts';
import { Category, type CreateCategoryInput } from './category.aggregate.ts';
import { parseSlug } from './slug.value.ts';

const ID = '0190a5c4-7d1e-7abc-8def-0123456789ab' as CategoryId;
const input: CreateCategoryInput = {
  id: ID,
  name: ' Teas & Herbs ',
  parentId: null,
  description: 'Two lines\nof text',
  at: 1_000 as Instant,
};
const create = (changes: Partial<CreateCategoryInput>) => Category.create({ ...input, ...changes });

describe('a new category', () => {
  test('is what staff said of it, and announces itself', () => {
    const category = create({ parentId: 'parent' as CategoryId })._unsafeUnwrap();
    expect(category.version).toBe(1);
    expect(category.state).toEqual({
      id: ID,
      name: 'Teas & Herbs',
      slug: 'teas-herbs',
      parentId: 'parent',
      description: 'Two lines\nof text',
      createdAt: 1_000,
    });
    expect(category.pending).toEqual([
      {
        type: 'catalog.category_created',
        schemaVersion: 1,
        aggregateId: ID,
        aggregateVersion: 1,
        occurredAt: 1_000,
        payload: { categoryId: ID, slug: 'teas-herbs', parentId: 'parent' },
      },
    ]);
  });

  test('has a good slug, whatever it is called, and another good one when that is taken', () => {
    fc.assert(
      fc.property(anyName(), (name) => {
        const category = create({ name })._unsafeUnwrap();
        const renamed = category.withUniqueSlug();
        for (const { slug } of [category.state, renamed.state])
          expect(parseSlug(slug)._unsafeUnwrap()).toBe(slug);
        expect(renamed.state.slug).not.toBe(category.state.slug);
        expect(renamed.pending[0]?.payload.slug).toBe(renamed.state.slug);
      }),
    );
  });

  test('without a letter in its name is found by its id', () => {
    expect(create({ name: '🍵' })._unsafeUnwrap().state.slug).toBe(`category-${ID}`);
  });

  test('bears the slug that somebody chose, or is refused', () => {
    expect(create({ slug: 'teas' })._unsafeUnwrap().state.slug).toBe('teas');
    expect(create({ slug: 'Teas' })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_slug',
      path: ['slug'],
    });
  });

  test.each([
    [{ name: '' }, ['name']],
    [{ name: 'x'.repeat(121) }, ['name']],
    [{ description: 'x'.repeat(5_001) }, ['description']],
    [{ description: 'a\0b' }, ['description']],
  ])('%j is refused', (changes, path) => {
    expect(create(changes)._unsafeUnwrapErr().path).toEqual(path);
  });

  test('under a hostile name is refused at once', () => {
    const startedAt = performance.now();
    expect(create({ name: `a${'\u0315\u0300'.repeat(50_000)}` }).isErr()).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
