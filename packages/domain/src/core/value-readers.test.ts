import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readInteger, readPercentage, readVersion } from './value-readers.ts';

describe('a whole number of any size', () => {
  test('is read from the text that it is written as', () => {
    fc.assert(
      fc.property(fc.bigInt(), (integer) => {
        expect(readInteger(integer.toString(), [])._unsafeUnwrap()).toBe(integer);
      }),
    );
  });

  test.each(['', '-', '-0', '+1', '01', '1.0', '1e3', ' 1', '0x10', '٣', '9'.repeat(1_001)])(
    'has one spelling, and %j is none',
    (text) => {
      expect(readInteger(text, ['exact'])._unsafeUnwrapErr()).toMatchObject({ path: ['exact'] });
    },
  );
});

test('a version is a whole number from one on', () => {
  expect(readVersion(1, [])._unsafeUnwrap()).toBe(1);
  expect(readVersion(7, [])._unsafeUnwrap()).toBe(7);
  for (const json of [0, -1, 0.5])
    expect(readVersion(json, ['version'])._unsafeUnwrapErr()).toEqual({
      code: 'core.malformed_json',
      path: ['version'],
      reason: 'malformed',
    });
});

test('a percentage is decimal text', () => {
  expect(readPercentage('8.875', [])._unsafeUnwrap().toPercentage()).toBe('8.875');
  expect(readPercentage('8.875 %', ['rate'])._unsafeUnwrapErr().path).toEqual(['rate']);
});
