import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyName } from '../testing/written-text.arbitrary.ts';
import { parseTag } from './tag.value.ts';

describe('a tag', () => {
  test.each([
    ['Sale', 'sale'],
    ['  New In ', 'new in'],
    ['ÉTÉ', 'été'],
    ['e\u0301te\u0301', 'été'],
    ['木製', '木製'],
  ])('written %j is compared as %j', (text, folded) => {
    expect(parseTag(text)._unsafeUnwrap()).toBe(folded);
  });

  test('once read, is in lower case and reads as itself', () => {
    fc.assert(
      fc.property(anyName(12), (text) => {
        const tag = parseTag(text);
        fc.pre(tag.isOk());
        expect(parseTag(tag._unsafeUnwrap())).toEqual(tag);
        expect(tag._unsafeUnwrap()).toBe(tag._unsafeUnwrap().toLowerCase());
      }),
    );
  });

  test.each([
    ['nothing', ' ', 'empty'],
    ['41 characters', 'x'.repeat(41), 'too_long'],
    ['more in lower case than in capitals', 'İ'.repeat(40), 'too_long'],
    ['two lines', 'a\nb', 'control_character'],
    ['half a character', 'a\ud800', 'not_unicode'],
  ])('is not made of %s', (_title, text, reason) => {
    expect(parseTag(text, ['tags', 3])._unsafeUnwrapErr()).toEqual({
      code: 'core.invalid_text',
      path: ['tags', 3],
      reason,
      maximumLength: 40,
    });
  });

  test('has 40 characters at most, and its defect stands at the tag where nobody says otherwise', () => {
    expect(parseTag('x'.repeat(41))._unsafeUnwrapErr().path).toEqual(['tag']);
    expect(parseTag('x'.repeat(40))._unsafeUnwrap()).toBe('x'.repeat(40));
  });
});
