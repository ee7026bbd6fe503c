import { describe, expect, test } from 'vitest';

import { parseCouponCode } from './coupon-code.value.ts';

const folded = (text: string) => parseCouponCode(text)._unsafeUnwrap();

describe('a code is compared trimmed and without case', () => {
  test.each([
    ['SPRING', 'SPRING'],
    ['spring', 'SPRING'],
    ['  Spring\t\n', 'SPRING'],
    ['spring-2026_a.b', 'SPRING-2026_A.B'],
    ['7up', '7UP'],
    ['x', 'X'],
    ['az-AZ-09', 'AZ-AZ-09'],
    ['a'.repeat(64), 'A'.repeat(64)],
    [` ${'a'.repeat(64)} `, 'A'.repeat(64)],
    [`${' '.repeat(32)}${'a'.repeat(64)}${' '.repeat(32)}`, 'A'.repeat(64)],
  ])('%j is %s', (text, code) => {
    expect(folded(text)).toBe(code);
  });
});

describe('what is no code is refused', () => {
  test.each([
    ['', 'nothing'],
    ['   ', 'blanks alone'],
    ['-SPRING', 'a hyphen in front'],
    ['.SPRING', 'a point in front'],
    ['_SPRING', 'an underscore in front'],
    ['SPRING SALE', 'a blank within'],
    ['SPRING\nSALE', 'a line break within'],
    ['SPRING!', 'a mark at the end'],
    ['ПРИВЕТ', 'Cyrillic letters'],
    ['SPRІNG', 'one Cyrillic letter that looks like Latin'],
    ['ſpring', 'a long s, which is an S in upper case'],
    ['straße', 'a sharp s, which is SS in upper case'],
    ['ıce', 'a dotless i, which is an I in upper case'],
    ['ＳＰＲＩＮＧ', 'full-width letters'],
    ['春', 'a Han character'],
    ['🎁', 'a picture'],
    ['SPRING\0', 'a NUL'],
    ['a'.repeat(65), 'one character too many'],
    [`${'a'.repeat(64)}${' '.repeat(65)}`, 'more than anybody types'],
    ['a'.repeat(10_000), 'ten thousand characters'],
    ['é'.repeat(10_000), 'ten thousand of another alphabet'],
  ])('%#: %s', (text) => {
    expect(parseCouponCode(text)._unsafeUnwrapErr()).toEqual({
      code: 'pricing.malformed_coupon_code',
      maximumLength: 64,
    });
  });
});
