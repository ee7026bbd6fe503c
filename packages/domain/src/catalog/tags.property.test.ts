import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseTags } from './tags.value.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);

describe('the tags of a product', () => {
  test('stand in one order and each once, however they were written', () => {
    expect(parseTags(['Sale', 'new', ' sale', 'NEW '])._unsafeUnwrap()).toEqual(['new', 'sale']);
    expect(parseTags([])._unsafeUnwrap()).toEqual([]);
  });

  test('do not depend on the order in which they were said', () => {
    const anyWord = fc.stringMatching(/^[A-Za-z]{1,3}$/);
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 20 }), (words) => {
        const tags = parseTags(words)._unsafeUnwrap();
        expect(parseTags(words.toReversed())._unsafeUnwrap()).toEqual(tags);
        expect(parseTags(tags)._unsafeUnwrap()).toEqual(tags);
        expect(new Set(tags)).toEqual(new Set(words.map((word) => word.toLowerCase())));
      }),
    );
  });

  test('are fifty at most, and the same one said twice is one', () => {
    const fifty = numbered(50);
    expect(parseTags([...fifty, ...fifty])._unsafeUnwrap()).toHaveLength(50);
    expect(parseTags(numbered(51))._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_tag_count',
      path: ['tags'],
      maximum: 50,
    });
  });

  test('that are none are refused where they stand', () => {
    expect(parseTags(['sale', ''])._unsafeUnwrapErr()).toMatchObject({
      code: 'core.invalid_text',
      path: ['tags', 1],
    });
  });
});
