import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { CategoryId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { anyName } from '../testing/written-text.arbitrary.ts';
import { Category } from './category.aggregate.ts';
import type { CategoryChanges, CreateCategoryInput } from './category.state.ts';
import { parseSlug } from './slug.value.ts';

const ID = '0190a5c4-7d1e-7abc-8def-0123456789ab' as CategoryId;
const input: CreateCategoryInput = {
  id: ID,
  name: ' Teas & Herbs ',
  parentId: null,
  description: 'Two lines\nof text',
  at: 1_000 as Instant,
};
const LATER = 2_000 as Instant;
const create = (changes: Partial<CreateCategoryInput> = {}) =>
  Category.create({ ...input, ...changes });
const stored = (changes: Partial<CreateCategoryInput> = {}) => {
  const { state, version } = create(changes)._unsafeUnwrap();
  return Category.restore(state, version);
};
const place = (...ids: readonly string[]) => ids as readonly CategoryId[];

describe('a new category', () => {
  test('is what staff said of it, and announces itself', () => {
    const category = create({ parentId: 'parent' as CategoryId, position: 7 })._unsafeUnwrap();
    expect(category.version).toBe(1);
    expect(category.state).toEqual({
      id: ID,
      name: 'Teas & Herbs',
      slug: 'teas-herbs',
      parentId: 'parent',
      description: 'Two lines\nof text',
      position: 7,
      attributeDefinitions: [],
      createdAt: 1_000,
      deletedAt: null,
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
        expect(renamed.pending).toMatchObject([{ payload: { slug: renamed.state.slug } }]);
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

  test('under a hostile name is refused at once', () => {
    const startedAt = performance.now();
    expect(create({ name: `a${'\u0315\u0300'.repeat(50_000)}` }).isErr()).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe.each([
  ['a new category', (changes: object) => create(changes)],
  ['a revised category', (changes: CategoryChanges) => stored().revise(changes, LATER)],
])('%s', (_title, make) => {
  test.each([
    [{ name: '' }, ['name']],
    [{ name: 'x'.repeat(121) }, ['name']],
    [{ slug: 'tree' }, ['slug']],
    [{ description: 'x'.repeat(5_001) }, ['description']],
    [{ description: 'a\0b' }, ['description']],
    [{ position: -1 }, ['position']],
    [{ position: 0.5 }, ['position']],
    [{ position: 1_000_001 }, ['position']],
  ])('with %j is refused', (changes, path) => {
    expect(make(changes)._unsafeUnwrapErr().path).toEqual(path);
  });
});

describe('a category that is revised', () => {
  test('keeps what is left out, and tells of both slugs', () => {
    const revised = stored()
      .revise({ name: 'Infusions', slug: 'infusions' }, LATER)
      ._unsafeUnwrap();
    expect(revised.state).toEqual({ ...stored().state, name: 'Infusions', slug: 'infusions' });
    expect(revised.pending).toEqual([
      {
        type: 'catalog.category_revised',
        schemaVersion: 1,
        aggregateId: ID,
        aggregateVersion: 2,
        occurredAt: LATER,
        payload: {
          categoryId: ID,
          slug: 'infusions',
          previousSlug: 'teas-herbs',
          name: 'Infusions',
          position: 0,
        },
      },
    ]);
  });

  test('keeps its address when it is called otherwise', () => {
    expect(stored().revise({ name: 'Other' }, LATER)._unsafeUnwrap().state.slug).toBe('teas-herbs');
  });

  test('without a difference stays as it is, and tells of nothing', () => {
    const { name, slug, description, position } = stored().state;
    for (const changes of [{}, { name, slug, description, position }]) {
      const same = stored().revise(changes, LATER)._unsafeUnwrap();
      expect([same.version, same.pending]).toEqual([1, []]);
    }
  });
});

describe('a category that moves', () => {
  test('stands below another one, or at the root, and tells where it was', () => {
    const below = stored().moveBelow(place('root', 'new'), 3, LATER)._unsafeUnwrap();
    expect(below.state.parentId).toBe('new');
    const atRoot = below.moveBelow(null, 3, LATER)._unsafeUnwrap();
    expect([atRoot.state.parentId, atRoot.version]).toEqual([null, 3]);
    expect(atRoot.pending).toMatchObject([
      {
        type: 'catalog.category_moved',
        aggregateVersion: 2,
        payload: { categoryId: ID, parentId: 'new', previousParentId: null },
      },
      {
        type: 'catalog.category_moved',
        aggregateVersion: 3,
        payload: { categoryId: ID, parentId: null, previousParentId: 'new' },
      },
    ]);
  });

  test('to where it stands stays as it is', () => {
    const category = stored({ parentId: 'parent' as CategoryId });
    expect(category.moveBelow(place('parent'), 1, LATER)._unsafeUnwrap()).toBe(category);
  });

  test('does not stand below itself, nor below what stands below it', () => {
    for (const parent of [place(ID), place('root', ID, 'child')]) {
      expect(stored().moveBelow(parent, 2, LATER)._unsafeUnwrapErr()).toEqual({
        code: 'catalog.category_circle',
        path: ['parentId'],
      });
    }
  });

  test('takes all that stands below it along, and nothing comes deeper than 20 levels', () => {
    const eighteen = Array.from({ length: 18 }, (_, level) => `level-${level}`);
    expect(
      stored()
        .moveBelow(place(...eighteen), 2, LATER)
        .isOk(),
    ).toBe(true);
    expect(
      stored()
        .moveBelow(place(...eighteen), 3, LATER)
        ._unsafeUnwrapErr(),
    ).toEqual({
      code: 'catalog.category_too_deep',
      path: ['parentId'],
      maximum: 20,
    });
  });
});

describe('a category that is deleted', () => {
  test('stands nowhere any more, and is deleted once', () => {
    const category = stored({ parentId: 'parent' as CategoryId });
    const deleted = category.delete(LATER)._unsafeUnwrap();
    expect(deleted.state).toMatchObject({ parentId: null, deletedAt: LATER });
    expect(deleted.pending).toMatchObject([
      {
        type: 'catalog.category_deleted',
        payload: { categoryId: ID, slug: 'teas-herbs', previousParentId: 'parent' },
      },
    ]);
    expect(deleted.delete(LATER)._unsafeUnwrapErr()).toEqual({
      code: 'catalog.category_not_found',
    });
  });
});

describe('a category that defines attributes', () => {
  test('has these in place of those that it had, and tells of their names', () => {
    const first = stored()
      .defineAttributes([{ name: 'a', type: 'text' }], LATER)
      ._unsafeUnwrap();
    const second = first.defineAttributes([{ name: 'b', type: 'number' }], LATER)._unsafeUnwrap();
    expect(second.state.attributeDefinitions.map(({ name }) => name)).toEqual(['b']);
    expect(second.version).toBe(3);
    expect(second.pending).toMatchObject([
      { payload: { attributeNames: ['a'] } },
      { type: 'catalog.category_attributes_defined', payload: { attributeNames: ['b'] } },
    ]);
  });

  test('takes none that is invalid', () => {
    expect(
      stored()
        .defineAttributes([{ name: '', type: 'text' }], LATER)
        ._unsafeUnwrapErr().code,
    ).toBe('catalog.invalid_attribute_definition');
  });
});
