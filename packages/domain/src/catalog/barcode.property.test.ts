import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseBarcode } from './barcode.value.ts';

const REAL = ['96385074', '036000291452', '4006381333931', '9780306406157', '10012345000017'];

describe('a barcode', () => {
  test.each(REAL)('%s is one', (digits) => {
    expect(parseBarcode(` ${digits} `)._unsafeUnwrap()).toBe(digits);
  });

  test('with one wrong digit is none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REAL),
        fc.nat({ max: 13 }),
        fc.integer({ min: 1, max: 9 }),
        (digits, place, shift) => {
          fc.pre(place < digits.length);
          const wrong = (Number(digits[place]) + shift) % 10;
          const text = digits.slice(0, place) + String(wrong) + digits.slice(place + 1);
          expect(parseBarcode(text).isErr()).toBe(true);
        },
      ),
    );
  });

  test.each([
    '',
    '0',
    'ABC-1',
    '400638133393',
    '12345678901',
    '٩٦٣٨٥٠٧٤',
    '4006381333931\n4',
    '0'.repeat(15),
  ])('%j is none', (text) => {
    expect(parseBarcode(text, ['variants', 2, 'barcode'])._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_barcode',
      path: ['variants', 2, 'barcode'],
    });
  });
});
