import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { anyInstant } from '../testing/instant.arbitrary.ts';
import { formatInstant, isInstant, parseInstant, type Instant } from './instant.value.ts';

const RFC_3339 = /^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/;

test('every moment is written as RFC 3339 in UTC, and means what it says', () => {
  fc.assert(
    fc.property(anyInstant(), (instant) => {
      const text = formatInstant(instant);
      expect(text).toMatch(RFC_3339);
      expect(Date.parse(text)).toBe(instant);
    }),
  );
});

test.each([
  ['0000-01-01T00:00:00.000Z', -62_167_219_200_000],
  ['1970-01-01T00:00:00.000Z', 0],
  ['2026-11-23T03:31:04.005Z', 1_795_404_664_005],
  ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
])('%s is written so', (text, epochMilliseconds) => {
  expect(formatInstant(epochMilliseconds as Instant)).toBe(text);
});

describe('a moment from outside', () => {
  test('is read to the millisecond as it was written', () => {
    fc.assert(
      fc.property(anyInstant(), (instant) => {
        expect(parseInstant(formatInstant(instant))._unsafeUnwrap()).toBe(instant);
      }),
    );
  });

  test.each([
    ['2026-11-23T03:31:04Z', 1_795_404_664_000],
    ['2026-11-23T03:31:04.5Z', 1_795_404_664_500],
    ['2026-11-23T03:31:04.05Z', 1_795_404_664_050],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
  ])('may say fewer digits of the second: %s', (text, instant) => {
    expect(parseInstant(text)._unsafeUnwrap()).toBe(instant);
  });

  test.each([
    '',
    '2026-11-23',
    '2026-11-23T03:31Z',
    '2026-11-23T03:31:04',
    '2026-11-23T03:31:04+00:00',
    '2026-11-23T03:31:04+01:00',
    '2026-11-23t03:31:04z',
    '2026-11-23 03:31:04Z',
    '2026-11-23T03:31:04.Z',
    '2026-11-23T03:31:04.0001Z',
    '2026-11-23T03:31:04Z\n',
    '2026-11-23T03:31:04Z (noon)',
    '(noon) 2026-11-23T03:31:04Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-00T00:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T23:59:60Z',
    '+002026-11-23T03:31:04Z',
    '٢٠٢٦-11-23T03:31:04Z',
  ])('is refused when it is written as %j', (text) => {
    expect(parseInstant(text)._unsafeUnwrapErr()).toStrictEqual({
      code: 'core.malformed_instant',
    });
  });

  test('may be any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseInstant(text).isErr()).toBe(true);
      }),
    );
  });
});

test.each([
  [-62_167_219_200_000, true],
  [-62_167_219_200_001, false],
  [253_402_300_799_999, true],
  [253_402_300_800_000, false],
  [0, true],
  [0.5, false],
  [Number.NaN, false],
])('whether %d is a moment that can be written: %s', (milliseconds, isOne) => {
  expect(isInstant(milliseconds)).toBe(isOne);
});
