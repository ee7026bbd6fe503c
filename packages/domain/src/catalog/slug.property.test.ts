import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyCodeUnits, anyName, anyText } from '../testing/written-text.arbitrary.ts';
import { parseSlug, slugOf, withSuffix, type Slug } from './slug.value.ts';

const ID = '0190a5c4-7d1e-7abc-8def-0123456789ab';
const FALLBACK = `product-${ID}`;
const slug = (text: string): Slug => parseSlug(text)._unsafeUnwrap();

describe('a slug made of a name', () => {
  test('is a slug that anybody could have given, whatever the name', () => {
    fc.assert(
      fc.property(fc.oneof(anyName(200), anyText(200), anyCodeUnits()), (name) => {
        const made = slugOf(name, FALLBACK);
        expect(parseSlug(made)._unsafeUnwrap()).toBe(made);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is a slug for every character of Unicode, bare or under a mark', () => {
    const refused: string[] = [];
    for (let point = 0; point < 0x3_2000; point += 1) {
      const character = String.fromCodePoint(point);
      const made = slugOf(`${character} ${character}\u0331`, FALLBACK);
      if (parseSlug(made).isErr()) refused.push(character);
    }
    expect(refused).toEqual([]);
  });

  test('made of a slug it is the same slug, unless it is too long', () => {
    fc.assert(
      fc.property(anyName(30), (name) => {
        const made = slugOf(name, FALLBACK);
        expect(slugOf(made, FALLBACK)).toBe(made);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['Café Olé', 'cafe-ole'],
    ['  WHITE hanging  heart T-Light holder!! ', 'white-hanging-heart-t-light-holder'],
    ['Größe 42', 'große-42'],
    ['Смесь Чёрный', 'смесь-черныи'],
    ['Άνθη', 'ανθη'],
    ['İstanbul', 'istanbul'],
    ['ﬁne ½ Ⅷ', 'fine-1-2-viii'],
    ['हिन्दी किताब', 'हिन्दी-किताब'],
    ['ตัวอย่าง', 'ตัวอย่าง'],
    ['한글 책', '한글-책'],
    ['ガラス', 'ガラス'],
    ['カラス', 'カラス'],
    ['ｶﾞﾗｽ', 'ガラス'],
    ['مُحَمَّد', 'محمد'],
    ['می\u200cخواهم', 'میخواهم'],
    ['Tea 🍵 for 2\u{fe0f}\u{20e3}', 'tea-for-2'],
    ['\u0301abc', 'abc'],
    ['ा', FALLBACK],
    ['🍵', FALLBACK],
    ['!?', FALLBACK],
    ['', FALLBACK],
    [ID, FALLBACK],
    [ID.toUpperCase(), FALLBACK],
    ['Export', FALLBACK],
    ['ímport!', FALLBACK],
    ['TREE', FALLBACK],
    ['Export kit', 'export-kit'],
    ['x'.repeat(105), FALLBACK],
  ])('of %j is %s', (name, made) => {
    expect(slugOf(name, FALLBACK)).toBe(made);
  });

  test('ends with a whole word and leaves room for a suffix', () => {
    const made = slugOf('word '.repeat(40), FALLBACK);
    expect(made).toBe(Array.from({ length: 21 }, () => 'word').join('-'));
    expect(slugOf('x'.repeat(104), FALLBACK)).toBe('x'.repeat(104));
  });

  test('of a hostile name costs no time', () => {
    const startedAt = performance.now();
    slugOf('a-'.repeat(50_000), FALLBACK);
    slugOf('-'.repeat(100_000), FALLBACK);
    slugOf('a'.repeat(100_000), FALLBACK);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('a slug under a suffix', () => {
  test('is a slug again, however long the slug was and whatever it was made of', () => {
    fc.assert(
      fc.property(anyName(200), fc.uuid(), (name, id) => {
        const made = withSuffix(slugOf(name, FALLBACK), id);
        expect(parseSlug(made)._unsafeUnwrap()).toBe(made);
      }),
      { numRuns: 1_000 },
    );
  });

  test('two ids made in the same millisecond give two slugs', () => {
    const other = ID.replace(/b$/, 'c');
    expect(withSuffix(slug('tea'), ID)).not.toBe(withSuffix(slug('tea'), other));
  });

  test('makes room where there is none, and cuts no character in two', () => {
    expect(withSuffix(slug('x'.repeat(120)), ID)).toBe(`${'x'.repeat(104)}-f0123456789ab`);
    const wide = `x${'𐐨'.repeat(59)}`;
    expect(withSuffix(slug(wide), ID)).toBe(`x${'𐐨'.repeat(51)}-f0123456789ab`);
    const hyphenAtTheCut = `${'x'.repeat(103)}-${'y'.repeat(16)}`;
    expect(withSuffix(slug(hyphenAtTheCut), ID)).toBe(`${'x'.repeat(103)}-f0123456789ab`);
  });

  test('is never taken for an id', () => {
    const made = withSuffix(slug('deadbeef-1234-5678-9abc'), ID);
    expect(parseSlug(made)._unsafeUnwrap()).toBe(made);
  });
});

describe('a slug as somebody gives it', () => {
  test.each([
    'tea',
    'tea-42',
    '42',
    'große',
    '中文',
    'हिन्दी',
    'x'.repeat(120),
    'exports',
    'tree-2',
  ])('%s', (text) => {
    expect(parseSlug(text)._unsafeUnwrap()).toBe(text);
  });

  test.each([
    '',
    '-',
    '-tea',
    'tea-',
    'green--tea',
    'Tea',
    'green tea',
    'green_tea',
    'tea/..',
    'tea?',
    'tea%20',
    'tea\n',
    'tea\0',
    'cafe\u0301',
    '🍵',
    'a\ud800',
    'x'.repeat(121),
    ID,
    'export',
    'import',
    'tree',
    'search',
    'facets',
    'bulk',
  ])('%j is refused', (text) => {
    expect(parseSlug(text, ['body', 'slug'])._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_slug',
      path: ['body', 'slug'],
    });
  });

  test('a hostile one is refused at once', () => {
    const startedAt = performance.now();
    expect(parseSlug('x'.repeat(100_000)).isErr()).toBe(true);
    expect(parseSlug('a-'.repeat(50_000)).isErr()).toBe(true);
    expect(parseSlug(`a${'\u0315\u0300'.repeat(50_000)}`).isErr()).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('the refusal stands at the slug where nobody says otherwise', () => {
    expect(parseSlug('')._unsafeUnwrapErr().path).toEqual(['slug']);
  });
});
